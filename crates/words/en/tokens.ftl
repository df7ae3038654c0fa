### Tokens: what a program may do for somebody.

tokens-lead-html = A token lets a program act in your name, for one organisation, in one collective, and never beyond what you may do yourself at that moment. <a href="{ $href }">How to use one</a>
tokens-caption = Tokens in use, the newest first
tokens-none = No token yet. If you write no program, you need none.
tokens-name = Name
tokens-place = For
tokens-place-of = { $organisation }, in “{ $collective }”
tokens-scopes = Scopes
tokens-until = Until
tokens-used = Last used
tokens-never-used = never
tokens-act = Revoke
tokens-revoke = Revoke the token { $name }
tokens-revoked = The token is revoked. It opens nothing any more.
tokens-new-title = Make a token
tokens-new-name = Name of the program
tokens-new-name-hint = Such as “web site of the association”. You will know it here by this.
tokens-new-scopes = What the program may do
tokens-new-scopes-hint = As little as possible. A token that only reads changes nothing.
tokens-new-days = For how long
tokens-days = { $days ->
    [one] one day
   *[other] { $days } days
}
tokens-new-act = Make the token
tokens-no-mandate = Making a token asks for a mandate of an organisation of the collective.
tokens-too-many = You have 20 tokens in use already: revoke one.
tokens-made-title = Your token
tokens-made-once = Copy it now: it will never be shown again. Keep it as you keep a password.
tokens-made-until = It holds until { $date }, or for as long as your mandate does.
tokens-made-back = Back to your tokens
tokens-scope = { $scope ->
    [read] read what members see
    [features] propose and change features, say what is needed, post classified ads
    [steward] accompany features: steps, tracks, new terms, confirmations, ends
    [allocate] put the organisation's share on features
    [money] record money received, reverse entries, share out a round
    [rounds] open and close rounds
    [members] invite, import, give and end mandates
    [rules] change the rules of the collective
   *[other] record decisions
}
