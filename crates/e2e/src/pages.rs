//! The pages of the example collective, for what looks at them all: the sweep over its pages, and pictures.

/// Who looks: `""` is nobody in particular, else a role for which `popote demo` prints a link.
pub const ROLES: [&str; 5] = ["", "representative", "treasurer", "steward", "administration"];

/// What everybody may look at, and what is shown to whoever may not: a page that asks to sign in, that refuses, that
/// isn't there. Every role looks at them.
const COMMON: [&str; 58] = [
    "/",
    "/about",
    "/about/api",
    "/sign-in",
    "/c/chatons",
    "/c/chatons/software",
    "/c/chatons/software/matrix",
    "/c/chatons/needs",
    "/c/chatons/needs?state=parked",
    "/c/chatons/needs?software=nextcloud",
    "/c/chatons/needs/1",
    "/c/chatons/needs/5",
    "/c/chatons/needs/together",
    "/c/chatons/features",
    "/c/chatons/features?state=parked",
    "/c/chatons/features/1",
    "/c/chatons/features/2",
    "/c/chatons/features/3",
    "/c/chatons/features/4",
    "/c/chatons/features/5",
    "/c/chatons/features/6",
    "/c/chatons/features/7",
    "/c/chatons/features/2/work",
    "/c/chatons/software/nextcloud/grid",
    "/c/chatons/features/1/comments/1",
    "/c/chatons/invoices/1",
    "/c/chatons/rounds",
    "/c/chatons/rounds/1",
    "/c/chatons/rounds/2",
    "/c/chatons/accounts",
    "/c/chatons/accounts/how",
    "/c/chatons/activity",
    "/c/chatons/calendar",
    "/c/chatons/members",
    "/c/chatons/members?q=zzz",
    "/c/chatons/members/framasoft",
    "/c/chatons/members/framasoft/statement",
    "/c/chatons/members/framasoft/software",
    "/c/chatons/members/framasoft/year/current",
    "/c/chatons/rules",
    "/c/chatons/give?amount=20",
    "/c/chatons/decisions",
    "/c/chatons/decisions/1",
    "/c/petits-hebergeurs",
    "/c/petits-hebergeurs/features/1",
    "/c/petits-hebergeurs/features/2",
    "/c/nobody",
    "/me",
    "/admin",
    "/sign-in/code",
    "/sign-in/link/wrong",
    "/setup/wrong",
    "/invitation/wrong",
    "/join/wrong",
    "/answer/wrong",
    "/unsubscribe/wrong",
    "/c/petits-hebergeurs/features/2/join",
    "/me/email/wrong",
];

/// What a role has to do, or sees otherwise than others.
const OF_ROLES: [(&str, &str); 68] = [
    ("representative", "/c/chatons/software/new"),
    ("representative", "/c/chatons/software/matrix/edit"),
    ("representative", "/c/chatons/needs/new"),
    ("representative", "/c/chatons/needs/2/edit"),
    ("representative", "/c/chatons/needs/1/approaches/new"),
    ("representative", "/c/chatons/needs/1/approaches/1"),
    ("representative", "/c/chatons/features/new?needs=2"),
    ("representative", "/me/profile"),
    ("representative", "/me/sessions"),
    ("representative", "/me/tokens"),
    ("representative", "/c/chatons/rounds/2?order=name"),
    ("representative", "/c/chatons/features/new"),
    ("representative", "/c/chatons/features/5/edit"),
    ("representative", "/c/chatons/features/5/terms"),
    ("representative", "/c/chatons/features/2/top-up"),
    ("representative", "/c/chatons/features/5/pictures"),
    ("representative", "/c/chatons/features/5/cancellation"),
    ("representative", "/c/chatons/members/cloud-girofle/departure"),
    ("representative", "/c/chatons/invitations"),
    ("representative", "/c/petits-hebergeurs/calls"),
    ("representative", "/c/petits-hebergeurs/calls/1"),
    ("representative", "/c/chatons/members/cloud-girofle/subscription"),
    ("representative", "/c/chatons/members/cloud-girofle/standing-choice"),
    ("representative", "/c/chatons/subscriptions/1"),
    ("treasurer", "/c/chatons/subscriptions"),
    ("treasurer", "/c/chatons/subscriptions/1"),
    ("steward", "/c/petits-hebergeurs/calls?feature=1"),
    ("steward", "/c/petits-hebergeurs/calls/2"),
    ("representative", "/c/chatons/features/2/invoices/new"),
    ("treasurer", "/c/chatons/payments"),
    ("steward", "/c/chatons/newcomers"),
    ("treasurer", "/c/chatons/contributions"),
    ("treasurer", "/c/chatons/contributions/new"),
    ("treasurer", "/c/chatons/gifts/new"),
    ("treasurer", "/c/chatons/gifts/import"),
    ("treasurer", "/c/chatons/entries/1"),
    ("treasurer", "/c/chatons/entries/1/reverse"),
    ("treasurer", "/c/chatons/entries/100/reverse"),
    ("treasurer", "/c/chatons/rounds/new"),
    ("treasurer", "/c/chatons/rounds/2/edit"),
    ("treasurer", "/c/chatons/rounds/2/distribution"),
    ("treasurer", "/c/chatons/rounds/2/close"),
    ("steward", "/c/chatons/decisions/new"),
    ("steward", "/c/chatons/features/4/edit"),
    ("steward", "/c/chatons/features/4/cancellation"),
    ("steward", "/c/chatons/features/4/track"),
    ("steward", "/c/chatons/features/4/lead"),
    ("steward", "/c/chatons/rounds/2/close"),
    ("administration", "/c/chatons/invitations"),
    ("administration", "/c/chatons/import"),
    ("administration", "/c/chatons/import/chatonsinfos"),
    ("administration", "/c/chatons/roles"),
    ("administration", "/c/chatons/rules/edit"),
    ("administration", "/c/chatons/about"),
    ("administration", "/c/chatons/webhooks"),
    ("administration", "/c/chatons/decisions/new"),
    ("administration", "/me/profile"),
    ("treasurer", "/c/chatons/members/framasoft/refund"),
    ("treasurer", "/c/chatons/members/le-panier-d-osier/refund"),
    ("treasurer", "/c/chatons/members/le-panier-d-osier/statement"),
    ("treasurer", "/c/chatons/refunds/1"),
    ("steward", "/c/chatons/refunds/1"),
    ("treasurer", "/c/chatons/contributions?from=2020-01-01"),
    ("steward", "/c/chatons/features/5/terms"),
    ("representative", "/c/chatons/features/1/comments/2"),
    ("steward", "/c/chatons/features/1/comments/2"),
    ("representative", "/c/chatons/software/nextcloud/grid"),
    ("steward", "/c/chatons/software/matrix/grid"),
];

/// Addresses that show no page, with one of each kind. Of `/files/{id}` and of comments on needs the example has none, nor gifts put by decision; what
/// came in is for treasurers; the name
/// of an asset changes with its content; `/oembed` asks for an address.
pub const FILES: [(&str, &str); 20] = [
    ("/c/{collective}/needs.atom", "/c/chatons/needs.atom"),
    ("/c/{collective}/needs/together.csv", "/c/chatons/needs/together.csv"),
    ("/c/{collective}/needs/{number}/comments/{comment}", ""),
    ("/assets/{file}", ""),
    ("/files/{id}", ""),
    ("/c/{collective}/gifts/put", ""),
    ("/oembed", ""),
    ("/c/{collective}/contributions.csv", ""),
    ("/favicon.ico", "/favicon.ico"),
    ("/.well-known/chatonsinfos/popote.properties", "/.well-known/chatonsinfos/popote.properties"),
    ("/c/{collective}/features/{number}/badge.svg", "/c/chatons/features/4/badge.svg"),
    ("/c/{collective}/accounts/journal.json", "/c/chatons/accounts/journal.json"),
    ("/c/{collective}/accounts/journal.csv", "/c/chatons/accounts/journal.csv"),
    ("/c/{collective}/accounts/journal.hledger", "/c/chatons/accounts/journal.hledger"),
    ("/c/{collective}/accounts/journal.beancount", "/c/chatons/accounts/journal.beancount"),
    ("/c/{collective}/feed.atom", "/c/chatons/feed.atom"),
    ("/c/{collective}/calendar.ics", "/c/chatons/calendar.ics"),
    ("/c/{collective}/members.csv", "/c/chatons/members.csv"),
    ("/c/{collective}/members/{member}/statement.csv", "/c/chatons/members/framasoft/statement.csv"),
    ("/c/{collective}/rounds/{number}/live", "/c/chatons/rounds/2/live"),
];

/// Forms that a role sends without any answer.
const FORMS: [(&str, &str); 14] = [
    ("representative", "/c/chatons/software/new"),
    ("representative", "/c/chatons/needs/new"),
    ("", "/sign-in"),
    ("representative", "/c/chatons/features/new"),
    ("representative", "/c/chatons/features/5/cancellation"),
    ("representative", "/c/chatons/invitations"),
    ("representative", "/me/tokens"),
    ("treasurer", "/c/chatons/contributions/new"),
    ("treasurer", "/c/chatons/gifts/new"),
    ("treasurer", "/c/chatons/entries/100/reverse"),
    ("treasurer", "/c/chatons/rounds/2/edit"),
    ("administration", "/c/chatons/import"),
    ("administration", "/c/chatons/roles"),
    ("administration", "/c/chatons/decisions/new"),
];

/// The forms that a role sends without any answer.
pub fn forms_of(role: &str) -> impl Iterator<Item = &'static str> {
    FORMS.iter().filter(move |(of, _)| *of == role).map(|(_, path)| *path)
}

/// The pages that a role looks at: first its own, then those for everybody.
pub fn pages_of(role: &str) -> impl Iterator<Item = &'static str> {
    let own = OF_ROLES.iter().filter(move |(of, _)| *of == role).map(|(_, path)| *path);
    own.chain(COMMON)
}

/// Whether everybody looks at a page, and not a role alone.
#[must_use]
pub fn is_for_everybody(path: &str) -> bool {
    COMMON.contains(&path)
}
