### Ce qui entoure chaque page.

-brand = Popote

## L'en-tête et le pied

brand-name = { -brand }
skip-to-content = Aller au contenu
nav-person = Votre espace
nav-home = Accueil
nav-pot = Le pot
nav-needs = Besoins
nav-software = Logiciels
nav-features = Fonctionnalités
nav-rounds = Tours
nav-decisions = Décisions
nav-members = Membres
nav-accounts = Comptes
nav-rules = Règles
nav-admin = Administration
nav-me = Ce qui vous attend
nav-sign-in = Se connecter
nav-sign-out = Se déconnecter
# Le nom de chaque langue est écrit dans cette langue, par le code.
nav-language = Langue de l'interface
footer-sentence = { -brand } est un logiciel libre · comptes publics et vérifiables
footer-source-html = Le <a href="{ $source-href }">code source</a> est sous licence <abbr title="Affero General Public License, version 3" lang="en">AGPL</abbr>.
footer-accessibility = Accessibilité

## Les réponses et les boutons de partout

common-save = Enregistrer
common-leave-as-is = Ne rien changer
common-search = Rechercher
common-optional = facultatif
common-next-page = Page suivante
# Titre de la liste des erreurs, en tête d'un formulaire.
common-form-recorded = Voir ce que le premier envoi a enregistré
common-form-errors = { $count ->
    [one] Un champ est à revoir :
   *[other] { $count } champs sont à revoir :
}
# Titre de la même liste, quand ce n'est pas un champ qui ne va pas.
common-form-refused = Rien n'est enregistré pour l'instant :
# Une ligne de la liste des erreurs : le champ, puis ce qui ne va pas.
common-form-error = { $field } — { $problem }
common-saved = C'est enregistré.
# Le plus long texte qu'un champ prend, à la suite de son explication.
common-at-most = { $count ->
    [one] { $count } caractère au plus.
   *[other] { $count } caractères au plus.
}
common-file-again = Le fichier choisi n'a pas été gardé : choisissez-le de nouveau.
common-either = { $before } ou { $last }
