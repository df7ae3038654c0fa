### Ce que l'API dit à qui écrit un programme.

api-key-missing = Cette écriture déplace de l'argent : envoyez un en-tête « Idempotency-Key ».
api-key-unreadable = L'en-tête « Idempotency-Key » contient de 1 à 200 caractères ASCII.
