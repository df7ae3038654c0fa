### Personnes, structures, mandats et rôles.

people-first-pot = Pot commun
