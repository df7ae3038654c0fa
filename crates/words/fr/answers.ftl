# Les pages des liens du courriel du mois. $act et $became viennent de crates/web/src/answers.

answer-button = { $act ->
    [say_paid] Oui, c'est payé
   *[other] Oui, c'est reçu en entier
}
answer-effect = { $act ->
    [say_paid] Si le virement est parti, dites-le : qui est payé sera prévenu et confirmera. Vous pourrez revenir là-dessus sur la page de l'appel.
   *[other] Si toute la somme est arrivée, confirmez-la : elle sera notée reçue aujourd'hui. Une partie seulement, ou un autre jour : sur la page de l'appel.
}
answer-on-its-page = Cela se fait sur sa page, où l'on vous demandera peut-être de vous connecter.
answer-changed = La somme n'est plus celle du courriel : répondez sur sa page, où l'on vous demandera peut-être de vous connecter.
answer-over = { $became ->
    [said_paid] Vous avez dit que c'est payé
    [paid] C'est payé et reçu
    [covered] D'autres structures ont pris le reste à leur charge
    [cancelled] Il n'y a plus rien à payer
    [round] Ce tour est terminé
   *[other] Cela ne vous attend plus
}
answer-then = { $became ->
    [said_paid] Il reste à qui est payé de le confirmer. Si c'était une erreur, la page de l'appel permet de revenir là-dessus.
    [paid] Merci ! La page de l'appel garde la date et la somme.
    [covered] La page de l'appel dit qui paie à la place ; un versement en retard reste possible et leur sera rendu.
    [cancelled] La fonctionnalité a pris fin avant ce versement : sa page dit comment.
    [round] Ce qui n'était pas réparti a suivi les règles du collectif. La page du tour montre le résultat ; ce qui vous reste sert au tour suivant, ou revient au pot.
   *[other] Quelqu'un a répondu, le délai est passé, ou votre mandat a changé. La page dit ce qui s'est passé et ce qui se peut encore.
}
answer-see = Voir la page
answer-me = Ce qui m'attend
answer-whose = Ce lien est celui d'une seule personne, { $name }, et ne vaut que pour cette question.
answer-done = C'est noté, merci.
answer-unchanged = Rien n'a changé : voici où cela en est.

## Le lien qui arrête le courriel du mois

unsubscribe-title = { $told ->
    [yes] Arrêter le courriel du mois ?
   *[other] Le courriel du mois est arrêté
}
unsubscribe-lead = { $told ->
    [yes] Une fois par mois, { $name } lit dans ce courriel ce qui l'attend et ce qui s'est passé dans ses collectifs. Ce qui demande une réponse ou touche à l'argent de sa structure arrive toujours aussitôt.
   *[other] { $name } ne recevra plus de courriel du mois. Ce qui demande une réponse ou touche à l'argent de sa structure arrive toujours aussitôt.
}
unsubscribe-button = { $told ->
    [yes] Ne plus le recevoir
   *[other] Le recevoir de nouveau
}
unsubscribe-done = { $told ->
    [yes] C'est fait : le courriel du mois reprend.
   *[other] C'est fait : plus de courriel du mois.
}
unsubscribe-choose = Choisir ce qu'il raconte
