### Remplir la fiche d'un logiciel depuis le fichier où il se décrit.

descriptor-unfetched = { $why ->
    [not_there] Il n'y a pas de fichier à cette adresse.
    [too_large] Le fichier à cette adresse est trop gros : au plus 256 Ko sont lus.
    [not_allowed] Ce n'est pas une adresse du web, sur le port habituel, d'une machine que l'on joint depuis Internet.
   *[other] Rien ne répond à cette adresse, ou elle mène à une machine qui n'est pas sur Internet.
}
descriptor-syntax = Ce n'est ni du YAML ni du JSON : la lecture s'arrête à la ligne { $line }.
descriptor-other-version = Ce funding.json est de la version { $version } : seule la version 1 est lue.
descriptor-unreadable = { $why ->
    [too_large] Le fichier est trop gros : au plus 256 Ko sont lus.
    [not_text] Ce n'est pas un texte en UTF-8.
    [too_intricate] Le fichier est trop imbriqué, ou trop long une fois ses renvois suivis.
   *[other] Ce n'est ni un publiccode.yml, ni un funding.json, ni un FUNDING.yml.
}
