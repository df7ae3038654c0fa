### Persons, organisations, mandates and roles.

people-first-pot = Shared pot
