# A real participatory budget, played as a collective.
import-pabulib-name = Participatory budget
import-pabulib-purpose = Imported from a Pabulib file
import-pabulib-pot = Budget
import-pabulib-round = Vote
import-pabulib-line = Cost of the project
import-pabulib-voter = Voter { $id }
import-pabulib-organisation = Group { $number }
import-pabulib-project = Project { $id }
import-pabulib-done-when = Project { $id } is carried out.
