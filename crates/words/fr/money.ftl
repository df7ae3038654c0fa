### Pourquoi un montant saisi est refusé.

money-empty = Indiquez un montant.
money-not-an-amount = Ce n'est pas un montant. Écrivez par exemple « { $example } ».
money-negative = Le montant ne peut pas être négatif.
money-ambiguous = Ce montant peut se lire de deux façons. Écrivez les milliers sans séparateur, par exemple « { $example } ».
money-too-many-decimals = { $decimals ->
    [0] Ce montant ne peut pas avoir de décimales.
    [one] Ce montant a trop de décimales : { $decimals } chiffre au plus.
   *[other] Ce montant a trop de décimales : { $decimals } chiffres au plus.
}
money-other-currency = Ce pot est en { $currency } : indiquez le montant dans cette monnaie.
money-too-large = Ce montant est trop grand : { $maximum } au plus.
