# Un budget participatif réel, joué comme un collectif.
import-pabulib-name = Budget participatif
import-pabulib-purpose = Importé d'un fichier Pabulib
import-pabulib-pot = Budget
import-pabulib-round = Vote
import-pabulib-line = Coût du projet
import-pabulib-voter = Votant·e { $id }
import-pabulib-organisation = Groupe { $number }
import-pabulib-project = Projet { $id }
import-pabulib-done-when = Le projet { $id } est réalisé.
