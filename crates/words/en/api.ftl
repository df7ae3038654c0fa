### What the API says to whoever writes a program.

api-key-missing = This write moves money: send an “Idempotency-Key” header.
api-key-unreadable = The “Idempotency-Key” header has 1 to 200 ASCII characters.
