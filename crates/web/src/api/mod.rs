//! The API: the twin of what people do on the pages, for programs, through the same use cases.
//!
//! [`operations`] has every route on one screen: each row makes the route and its place in the description. A slice
//! has a file of the name that it has elsewhere. `crates/web/README.md` says how to add an operation.

mod accounts;
mod activity;
mod ads;
mod allocations;
mod approaches;
mod call;
mod calls;
mod changes;
mod choices;
mod closing;
mod collectives;
mod comments;
mod contributions;
mod decisions;
mod feature_acts;
mod features;
mod frame;
mod gift_imports;
mod gift_puts;
mod invitations;
mod me;
mod members;
mod merging;
mod needs;
mod op;
mod openapi;
mod parts;
mod problem;
mod promises;
mod proofs;
mod refunds;
mod refusals;
mod refusals_calls;
mod rounds;
mod rules;
mod search;
mod software;
mod subscriptions;
mod terms;
#[cfg(test)]
mod tests;
mod together;
mod work;

pub(crate) use problem::ApiError;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::any;
use domain::tokens::Scope;

use crate::error::WebError;
use crate::state::AppState;
use op::{Api, op};

/// What every address of the API begins with.
pub(crate) const PREFIX: &str = "/api/v1";
/// Most bytes of a body that brings a proof: 5 MiB in Base64, and what is around it.
const WITH_PROOF: usize = 7 * 1024 * 1024;
/// Most bytes of a body that brings a table.
const WITH_TABLE: usize = 5 * 1024 * 1024;

/// The routes of the API. Whoever writes without a token is refused before anything else is looked at.
pub(crate) fn routes(state: &AppState) -> Router<AppState> {
    let frame = || from_fn_with_state(state.clone(), frame::frame);
    let inner = operations().router.fallback(async || WebError::NotFound).layer(frame());
    // A nested router doesn't see its own prefix with a final slash.
    let bare = any(async || WebError::NotFound).layer(frame());
    Router::new().nest(PREFIX, inner).route(&format!("{PREFIX}/"), bare)
}

/// Every operation.
fn operations() -> Api {
    general()
        .and(people())
        .and(wished())
        .and(feature())
        .and(worked())
        .and(money())
        .and(promised())
        .and(subscribed())
        .and(advertised())
}

/// The API itself, collectives, what happens in them.
#[rustfmt::skip] // a row an operation
fn general() -> Api {
    use accounts::AccountsOut;
    use activity::{DeadlineOut, EventOut};
    use collectives::{CollectiveOut, PotOut};
    use decisions::{DecisionIn, DecisionMade, DecisionOut};
    use me::{AwaitingOut, TokenOut};
    use problem::ProblemKind;
    use rules::{RulesIn, RulesMade, RulesOut};
    Api::default()
        .get("/openapi.json", openapi::show, op("describe", "This description.").answers::<parts::Document>())
        .get("/problems", problem::list, op("list_problems", "Every kind of problem.").holds::<ProblemKind>())
        .get("/problems/{code}", problem::show, op("show_problem", "A kind of problem.").answers::<ProblemKind>())
        .get("/token", me::token, op("show_token", "The token that is sent.").token().answers::<TokenOut>())
        .get("/collectives", collectives::list, op("list_collectives", "The collectives of this instance.").lists::<CollectiveOut>())
        .get("/collectives/{collective}", collectives::show, op("show_collective", "A collective.").answers::<CollectiveOut>())
        .get("/collectives/{collective}/pot", collectives::pot, op("show_pot", "The main pot at a glance.").answers::<PotOut>())
        .get("/collectives/{collective}/awaiting", me::awaiting, op("list_awaiting", "What awaits the token's holder.").scope(Scope::Read).holds::<AwaitingOut>())
        .get("/collectives/{collective}/files/{file}", me::file, op("download_file", "A file that somebody sent.").sends("application/octet-stream"))
        .get("/collectives/{collective}/search", search::search, op("search", "What these words find, the best first, at most twenty.").query("q", "string", "Words, in French or English.").query("kind", "string", "Only `need`, `feature`, `software` or `comment`.").holds::<search::FoundOut>())
        .post("/collectives/{collective}/needs/{number}/merge", merging::propose, op("propose_merge", "Proposes that a need be merged into another.").scope(Scope::Features).takes::<merging::MergeIn>().creates::<merging::MergeMade>())
        .post("/collectives/{collective}/needs/{number}/merge/part", merging::part, op("part_needs", "Parts a need from the one that it was merged into; what came moves back.").scope(Scope::Steward))
        .post("/collectives/{collective}/needs/{number}/merge/{answer}", merging::answer, op("answer_merge", "`accept`, `refuse` or `withdraw` a merge that is proposed.").scope(Scope::Features))
        .get("/collectives/{collective}/needs/similar", search::like, op("list_similar_needs", "The needs that are like one that somebody writes, the likest first, at most five.").query("title", "string", "Its title.").query("why", "string", "Its text.").query("software", "string", "The name of the software.").query("link", "string", "The address of an issue elsewhere: who names the same means the same.").holds::<search::SimilarOut>())
        .get("/collectives/{collective}/events", activity::events, op("list_events", "What happened, newest first.").lists::<EventOut>())
        .get("/collectives/{collective}/calendar", activity::calendar, op("list_deadlines", "What comes on a fixed date.").holds::<DeadlineOut>())
        .get("/collectives/{collective}/accounts", accounts::show, op("show_accounts", "Balances, income, ends of the books.").query("year", "integer", "One civil year too: what came, what left, where the money was at its end.").answers::<AccountsOut>())
        .get("/collectives/{collective}/journal", accounts::journal, op("list_entries", "Entries of the book of cash, newest first.").lists::<accounts::EntryOut>())
        .get("/collectives/{collective}/journal.json", accounts::json, op("download_journal", "The public journal, to be checked alone.").sends("application/json"))
        .get("/collectives/{collective}/journal.csv", accounts::csv, op("download_journal_table", "The journal, one line a transfer.").sends("text/csv; charset=utf-8"))
        .get("/collectives/{collective}/rules", rules::show, op("show_rules", "The rules in force.").answers::<RulesOut>())
        .put("/collectives/{collective}/rules", rules::change, op("change_rules", "Writes the next version of the rules.").scope(Scope::Rules).takes::<RulesIn>().answers::<RulesMade>())
        .get("/collectives/{collective}/decisions", decisions::list, op("list_decisions", "Decisions, newest first.").lists::<DecisionOut>())
        .post("/collectives/{collective}/decisions", decisions::record, op("record_decision", "Writes a decision down.").scope(Scope::Decisions).takes::<DecisionIn>().creates::<DecisionMade>())
        .get("/collectives/{collective}/decisions/{number}", decisions::show, op("show_decision", "A decision.").answers::<DecisionOut>())
}

/// Members, mandates, roles, invitations.
#[rustfmt::skip] // a row an operation
fn people() -> Api {
    use contributions::MoveOut;
    use invitations::InvitationIn;
    use members::{GivenOut, ImportOut, InvitationOut, Made, MandateIn, MandateOut, MemberIn, MemberOut, RoleOut, TableIn};
    Api::default()
        .get("/collectives/{collective}/members", members::list, op("list_members", "Members, by their name in addresses.").query("q", "string", "What their name holds, whatever its case and accents.").lists::<MemberOut>())
        .get("/collectives/{collective}/members/{member}", members::show, op("show_member", "A member.").answers::<MemberOut>())
        .put("/collectives/{collective}/members/{member}", members::describe, op("change_member", "Changes the name and the site of a member.").scope(Scope::Members).takes::<MemberIn>())
        .get("/collectives/{collective}/members/{member}/statement", contributions::statement, op("list_moves", "What it paid, got, put and got back, oldest first.").lists::<MoveOut>())
        .get("/collectives/{collective}/members/{member}/mandates", members::mandates, op("list_mandates", "Who acts for it.").scope(Scope::Read).holds::<MandateOut>())
        .post("/collectives/{collective}/members/{member}/mandates", members::give_mandate, op("give_mandate", "Gives a mandate for one's own organisation, which its holder accepts on the pages.").scope(Scope::Members).takes::<MandateIn>().creates::<GivenOut>())
        .delete("/collectives/{collective}/mandates/{mandate}", members::end_mandate, op("end_mandate", "Ends a mandate of a contributor, or takes one back that is proposed; the others are ended on the pages.").scope(Scope::Members))
        .get("/collectives/{collective}/roles", members::roles, op("list_roles", "Roles and proposals; they are granted on the pages.").scope(Scope::Read).holds::<RoleOut>())
        .post("/collectives/{collective}/imports", members::import, op("import_members", "Previews a table of organisations, or imports it by the digest of its preview.").scope(Scope::Members).takes::<TableIn>().largest(WITH_TABLE).answers::<ImportOut>())
        .get("/collectives/{collective}/invitations", invitations::list, op("list_invitations", "Invitations that await an answer.").scope(Scope::Members).holds::<InvitationOut>())
        .post("/collectives/{collective}/invitations", invitations::invite, op("invite", "Invites somebody by a mail.").scope(Scope::Members).takes::<InvitationIn>().creates::<Made>())
        .delete("/collectives/{collective}/invitations/{invitation}", invitations::withdraw, op("withdraw_invitation", "Withdraws an invitation.").scope(Scope::Members))
}

/// The register of software, and needs.
#[rustfmt::skip] // a row an operation
fn wished() -> Api {
    use approaches::{ApproachEndIn, ApproachIn, ApproachMade, ApproachOut};
    use comments::{CommentChange, CommentIn, CommentMade, CommentOut, HideIn};
    use needs::{NeedCard, NeedChange, NeedMade, NeedNew, NeedOut, SupportIn, SupportOut, TurnIn};
    use software::{HostIn, HostOut, SoftwareIn, SoftwareMade, SoftwareOut};
    Api::default()
        .get("/collectives/{collective}/software", software::list, op("list_software", "The register of software, by name in addresses.").lists::<SoftwareOut>())
        .post("/collectives/{collective}/software", software::enter, op("enter_software", "Enters a software in the register.").scope(Scope::Features).takes::<SoftwareIn>().creates::<SoftwareMade>())
        .get("/collectives/{collective}/software/{software}", software::show, op("show_software", "A software.").answers::<SoftwareOut>())
        .put("/collectives/{collective}/software/{software}", software::describe, op("change_software", "Changes what is said of a software.").scope(Scope::Features).takes::<SoftwareIn>().answers::<SoftwareMade>())
        .get("/collectives/{collective}/software/{software}/hosts", software::hosts, op("list_hosts", "Which organisations run it here.").holds::<HostOut>())
        .put("/collectives/{collective}/software/{software}/host", software::say_hosted, op("say_hosted", "The token's organisation runs it, for so many users.").scope(Scope::Features).takes::<HostIn>())
        .delete("/collectives/{collective}/software/{software}/host", software::stop_hosting, op("stop_hosting", "The token's organisation runs it no more.").scope(Scope::Features))
        .get("/collectives/{collective}/needs", needs::list, op("list_collective_needs", "Needs, newest first.").query("state", "string", "Only those in that state.").query("software", "string", "Only those about the software of that name in addresses.").lists::<NeedCard>())
        .post("/collectives/{collective}/needs", needs::write, op("write_need", "Writes a need for the token's organisation, the first to have it.").scope(Scope::Features).takes_key().takes::<NeedNew>().creates::<NeedMade>())
        .get("/collectives/{collective}/needs/together", together::show, op("show_together", "What is needed together: sums over all and for each software, and who shares needs with whom.").answers::<together::TogetherOut>())
        .get("/collectives/{collective}/needs/{number}", needs::show, op("show_need", "A need.").answers::<NeedOut>())
        .put("/collectives/{collective}/needs/{number}", needs::edit, op("change_need", "Changes a need that the token's organisation wrote; a steward, any.").scope(Scope::Features).takes::<NeedChange>())
        .get("/collectives/{collective}/needs/{number}/organisations", needs::supporters, op("list_supporters", "Which organisations need it, first come first.").holds::<SupportOut>())
        .put("/collectives/{collective}/needs/{number}/support", needs::say_needed, op("support_need", "The token's organisation needs it too, or says so anew.").scope(Scope::Features).takes::<SupportIn>())
        .delete("/collectives/{collective}/needs/{number}/support", needs::withdraw, op("leave_need", "The token's organisation needs it no more.").scope(Scope::Features))
        .put("/collectives/{collective}/needs/{number}/following", needs::follow, op("follow_need", "The token's holder gets a mail when something happens to it.").scope(Scope::Features))
        .delete("/collectives/{collective}/needs/{number}/following", needs::unfollow, op("unfollow_need", "The token's holder gets no more mail about it.").scope(Scope::Features))
        .post("/collectives/{collective}/needs/{number}/turns", needs::turn, op("turn_need", "Parks it or says that it has an answer, where the token's organisation wrote it; any member wakes it.").scope(Scope::Features).takes::<TurnIn>())
        .get("/collectives/{collective}/needs/{number}/approaches", approaches::list, op("list_approaches", "By which ways it could be answered.").holds::<ApproachOut>())
        .post("/collectives/{collective}/needs/{number}/approaches", approaches::add, op("add_approach", "Proposes an approach.").scope(Scope::Features).takes::<ApproachIn>().creates::<ApproachMade>())
        .put("/collectives/{collective}/needs/{number}/approaches/{approach}", approaches::edit, op("change_approach", "Changes an approach.").scope(Scope::Features).takes::<ApproachIn>())
        .post("/collectives/{collective}/needs/{number}/approaches/{approach}/end", approaches::end, op("end_approach", "Says where an approach stands: refused by the team, given up, done, open again.").scope(Scope::Features).takes::<ApproachEndIn>())
        .get("/collectives/{collective}/needs/{number}/comments", comments::list_of_need, op("list_need_comments", "Comments on it, oldest first.").lists::<CommentOut>())
        .post("/collectives/{collective}/needs/{number}/comments", comments::post_on_need, op("comment_on_need", "Writes a comment for the token's organisation, where it isn't discussed elsewhere.").scope(Scope::Features).takes_key().takes::<CommentIn>().creates::<CommentMade>())
        .put("/collectives/{collective}/needs/{number}/comments/{comment}", comments::edit_of_need, op("change_need_comment", "Changes one's own comment.").scope(Scope::Features).takes::<CommentChange>())
        .post("/collectives/{collective}/needs/{number}/comments/{comment}/hide", comments::hide_of_need, op("hide_need_comment", "Takes one's own comment back; a steward, with the scope steward too, hides another's for a reason.").scope(Scope::Features).takes::<HideIn>())
        .post("/collectives/{collective}/needs/{number}/comments/{comment}/show", comments::show_of_need, op("show_need_comment_again", "Shows a comment again: its author what they took back, a steward what a steward hid.").scope(Scope::Features))
}

/// Features.
#[rustfmt::skip] // a row an operation
fn feature() -> Api {
    use activity::EventOut;
    use changes::ChangeOut;
    use comments::{CommentChange, CommentIn, CommentMade, CommentOut, HideIn};
    use feature_acts::{EndIn, FeatureIn, MineOut, NeedIn, Proposed, StepIn, TrackChange};
    use features::{FeatureCard, FeatureOut, FundersOut, NeederOut};
    use terms::{TermsAnnounced, TermsEffect, TermsIn, TermsOut};
    Api::default()
        .get("/collectives/{collective}/features", features::list, op("list_features", "Features, newest first.").query("state", "string", "Only those at that stage.").lists::<FeatureCard>())
        .post("/collectives/{collective}/features", feature_acts::propose, op("propose_feature", "Proposes a feature for the token's organisation.").scope(Scope::Features).takes_key().takes::<FeatureIn>().creates::<Proposed>())
        .get("/collectives/{collective}/features/{number}", features::show, op("show_feature", "A feature.").answers::<FeatureOut>())
        .put("/collectives/{collective}/features/{number}", feature_acts::edit, op("change_feature", "Changes a feature; with money on it, only its words.").scope(Scope::Features).takes::<FeatureIn>())
        .get("/collectives/{collective}/features/{number}/terms", terms::show, op("show_terms", "The versions of its terms, newest first, and until when money may be taken back.").answers::<TermsOut>())
        .post("/collectives/{collective}/features/{number}/terms", terms::announce, op("change_terms", "Announces new terms while money lies on it: each may take its money back for some days, and nothing triggers.").scope(Scope::Steward).takes_key().takes::<TermsIn>().answers::<TermsAnnounced>())
        .post("/collectives/{collective}/features/{number}/terms/preview", terms::preview, op("preview_terms", "What new terms would do now; nothing is written.").scope(Scope::Steward).takes::<TermsIn>().answers::<TermsEffect>())
        .post("/collectives/{collective}/features/{number}/top-up", terms::add, op("top_up", "Adds more of the organisation's share to a triggered feature, by a decision: beyond its maximum, or after its last day.").scope(Scope::Allocate).moves_money().takes::<terms::TopUpIn>().creates::<terms::ToppedUpOut>())
        .get("/collectives/{collective}/features/{number}/events", features::events, op("list_feature_events", "What happened to it, newest first.").holds::<EventOut>())
        .get("/collectives/{collective}/features/{number}/changes", changes::of_feature, op("list_feature_changes", "What was changed of it, newest first, the last twenty times.").holds::<ChangeOut>())
        .get("/collectives/{collective}/features/{number}/funders", features::funders, op("show_funders", "Who put money on it, as far as it is shown.").answers::<FundersOut>())
        .get("/collectives/{collective}/features/{number}/mine", feature_acts::mine, op("show_mine", "What the token's organisation has and may put there.").scope(Scope::Read).answers::<MineOut>())
        .get("/collectives/{collective}/features/{number}/needs", features::needs, op("list_needs", "Who needs it.").holds::<NeederOut>())
        .put("/collectives/{collective}/features/{number}/need", feature_acts::need, op("say_needed", "The token's organisation needs it too.").scope(Scope::Features).takes::<NeedIn>())
        .delete("/collectives/{collective}/features/{number}/need", feature_acts::withdraw, op("withdraw_need", "The token's organisation needs it no more.").scope(Scope::Features))
        .get("/collectives/{collective}/features/{number}/comments", comments::list, op("list_comments", "Comments on it, oldest first.").lists::<CommentOut>())
        .post("/collectives/{collective}/features/{number}/comments", comments::post, op("comment", "Writes a comment for the token's organisation, where it isn't discussed elsewhere.").scope(Scope::Features).takes_key().takes::<CommentIn>().creates::<CommentMade>())
        .put("/collectives/{collective}/features/{number}/comments/{comment}", comments::edit, op("change_comment", "Changes one's own comment.").scope(Scope::Features).takes::<CommentChange>())
        .post("/collectives/{collective}/features/{number}/comments/{comment}/hide", comments::hide, op("hide_comment", "Takes one's own comment back; a steward, with the scope steward too, hides another's for a reason.").scope(Scope::Features).takes::<HideIn>())
        .post("/collectives/{collective}/features/{number}/comments/{comment}/show", comments::show, op("show_comment_again", "Shows a comment again: its author what they took back, a steward what a steward hid.").scope(Scope::Features))
        .post("/collectives/{collective}/features/{number}/steps", feature_acts::step, op("move_feature", "A steward moves it on to the stage after the one that was seen.").scope(Scope::Steward).takes::<StepIn>())
        .put("/collectives/{collective}/features/{number}/track", feature_acts::track, op("change_track", "A steward gives it another track.").scope(Scope::Steward).takes::<TrackChange>())
        .post("/collectives/{collective}/features/{number}/wake", feature_acts::wake, op("wake_feature", "Wakes a feature that sleeps.").scope(Scope::Features))
        .post("/collectives/{collective}/features/{number}/confirmation", feature_acts::confirm, op("confirm_trigger", "A steward confirms the trigger of a feature that is covered.").scope(Scope::Steward).moves_money())
        .post("/collectives/{collective}/features/{number}/cancellation", feature_acts::cancel, op("cancel_feature", "Ends a feature; everything on it returns.").scope(Scope::Steward).moves_money().takes::<EndIn>())
}

/// Promises and what they lead to.
#[rustfmt::skip] // a row an operation
fn promised() -> Api {
    use calls::{CallCard, CallOut, CallPaymentIn, CoverIn, CoveredOut, PaidOut, ReceivedIn};
    use promises::{PromiseIn, PromiseOut, PromisedOut};
    Api::default()
        .get("/collectives/{collective}/features/{number}/promise", promises::of_feature, op("show_promise", "What the token's organisation promised to a feature.").scope(Scope::Read).answers::<PromiseOut>())
        .put("/collectives/{collective}/features/{number}/promise", promises::to_feature, op("promise", "Promises to a feature outside rounds, in a direct or pledge pot; zero takes it back.").scope(Scope::Allocate).moves_money().takes::<PromiseIn>().answers::<PromisedOut>())
        .get("/collectives/{collective}/rounds/{number}/promise", promises::of_round, op("show_round_promise", "What the token's organisation promised for a round.").scope(Scope::Read).answers::<PromiseOut>())
        .put("/collectives/{collective}/rounds/{number}/promise", promises::for_round, op("promise_for_round", "Promises for a round, in a direct or pledge pot; zero takes it back.").scope(Scope::Allocate).moves_money().takes::<PromiseIn>().answers::<PromisedOut>())
        .get("/collectives/{collective}/calls", calls::list, op("list_calls", "Calls for funds, or order lines, newest first, for members.").scope(Scope::Read).query("feature", "integer", "Only those for the feature of that number.").lists::<CallCard>())
        .get("/collectives/{collective}/calls/{number}", calls::show, op("show_call", "A call for funds, or an order line.").scope(Scope::Read).answers::<CallOut>())
        .post("/collectives/{collective}/calls/{number}/paid", calls::say_paid, op("say_paid", "The token's organisation says that it paid.").scope(Scope::Allocate))
        .delete("/collectives/{collective}/calls/{number}/paid", calls::unsay_paid, op("say_not_paid", "The token's organisation takes back that it paid.").scope(Scope::Allocate))
        .post("/collectives/{collective}/calls/{number}/receipts", calls::received, op("confirm_received", "Confirms that an order line was received, in a direct pot.").scope(Scope::Allocate).moves_money().takes::<ReceivedIn>().answers::<PaidOut>())
        .delete("/collectives/{collective}/calls/{number}/receipts/{receipt}", calls::undo, op("undo_received", "Undoes what was confirmed by mistake, in a direct pot; in a pledge pot, with the scope money, what was recorded by mistake.").scope(Scope::Allocate))
        .post("/collectives/{collective}/calls/{number}/payments", calls::record, op("record_call_payment", "Records what reached the bank for a call, in a pledge pot.").scope(Scope::Money).moves_money().largest(WITH_PROOF).takes::<CallPaymentIn>().answers::<PaidOut>())
        .post("/collectives/{collective}/calls/{number}/cover", calls::cover, op("cover_call", "Takes over what another organisation did not pay.").scope(Scope::Allocate).moves_money().takes::<CoverIn>().creates::<CoveredOut>())
}

/// The work on a triggered feature. Invoices are entered, answered and paid on the pages alone.
#[rustfmt::skip] // a row an operation
fn worked() -> Api {
    use work::{DecideIn, ObjectionIn, ReportIn, Reported, WorkOut};
    Api::default()
        .get("/collectives/{collective}/features/{number}/work", work::show, op("show_work", "Who does it, invoices, reports, objections.").answers::<WorkOut>())
        .post("/collectives/{collective}/features/{number}/report", work::report, op("report_work", "Whoever leads it or does the work reports that it is done.").scope(Scope::Features).takes_key().takes::<ReportIn>().creates::<Reported>())
        .put("/collectives/{collective}/features/{number}/objection", work::object, op("object_to_report", "The token's organisation objects to the report.").scope(Scope::Features).takes::<ObjectionIn>())
        .delete("/collectives/{collective}/features/{number}/objection", work::withdraw, op("withdraw_objection", "The token's organisation takes its objection back.").scope(Scope::Features))
        .post("/collectives/{collective}/features/{number}/decision", work::decide, op("decide_report", "A steward answers objections, or gives more time.").scope(Scope::Steward).moves_money().takes::<DecideIn>())
}

/// Subscriptions, and standing choices. What is paid for subscriptions is recorded as a contribution.
#[rustfmt::skip] // a row an operation
fn subscribed() -> Api {
    use subscriptions::{DuesOut, GiveUpIn, StopIn, SubscriptionIn, SubscriptionMade, SubscriptionOut, TermsChange};
    Api::default()
        .get("/collectives/{collective}/subscriptions", subscriptions::list, op("list_subscriptions", "Subscriptions into the pot, for treasurers.").scope(Scope::Money).lists::<SubscriptionOut>())
        .get("/collectives/{collective}/members/{member}/subscription", subscriptions::show, op("show_subscription", "What an organisation subscribed, was called for and paid, for its people and the treasurers.").scope(Scope::Read).answers::<DuesOut>())
        .post("/collectives/{collective}/members/{member}/subscription", subscriptions::declare, op("subscribe", "Declares the subscription of one's organisation; a treasurer writes it down for another.").scope(Scope::Allocate).takes_key().takes::<SubscriptionIn>().creates::<SubscriptionMade>())
        .get("/collectives/{collective}/members/{member}/standing-choice", choices::show, op("show_standing_choice", "What becomes of an organisation's share that nobody allocates, for its people.").scope(Scope::Read).answers::<choices::ChoiceOut>())
        .put("/collectives/{collective}/members/{member}/standing-choice", choices::put, op("set_standing_choice", "Chooses what becomes of the share of one's organisation when nobody allocates it, or takes that back.").scope(Scope::Allocate).takes::<choices::ChoiceIn>())
        .put("/collectives/{collective}/subscriptions/{subscription}/terms", subscriptions::change, op("change_subscription", "Another amount, from the next call on.").scope(Scope::Allocate).takes::<TermsChange>())
        .put("/collectives/{collective}/subscriptions/{subscription}/stop", subscriptions::stop, op("stop_subscription", "Stops a subscription from the next period on, or lets it go on after all.").scope(Scope::Allocate).takes::<StopIn>())
        .post("/collectives/{collective}/subscription-calls/{number}/cancellation", subscriptions::give_up, op("give_up_subscription_call", "A treasurer asks for the rest of a call no more.").scope(Scope::Money).takes::<GiveUpIn>())
}

/// What comes in, rounds, shares.
#[rustfmt::skip] // a row an operation
fn money() -> Api {
    use allocations::{AllocationsIn, HoldingsOut, SavedOut};
    use contributions::{ContributionIn, EntryMade, FundOut, GiftIn, ReceiptOut, ReversalIn};
    use closing::{CloseIn, ClosedOut, ClosingOut};
    use rounds::{DistributionIn, DistributionOut, RoundIn, RoundMade, RoundOut, ShareOut};
    Api::default()
        .get("/collectives/{collective}/contributions", contributions::list, op("list_receipts", "What came in, newest first, for treasurers.").scope(Scope::Money).lists::<ReceiptOut>())
        .post("/collectives/{collective}/contributions", contributions::record, op("record_contribution", "Records what a member paid.").scope(Scope::Money).moves_money().largest(WITH_PROOF).takes::<ContributionIn>().creates::<EntryMade>())
        .get("/collectives/{collective}/gift-funds", contributions::funds, op("list_gift_funds", "Gift funds, for treasurers.").scope(Scope::Money).holds::<FundOut>())
        .post("/collectives/{collective}/gifts", contributions::give, op("record_gift", "Records a gift.").scope(Scope::Money).moves_money().largest(WITH_PROOF).takes::<GiftIn>().creates::<EntryMade>())
        .post("/collectives/{collective}/gifts/allocations", gift_puts::put, op("put_gift", "Puts gifts on a feature by a decision, where the rules or the open round don't share them out.").scope(Scope::Money).moves_money().takes::<gift_puts::GiftPutIn>().creates::<EntryMade>())
        .post("/collectives/{collective}/gifts/imports", gift_imports::import, op("import_gifts", "Says what recording a table of gifts would do; with its digest, does it.").scope(Scope::Money).takes::<gift_imports::GiftTableIn>().largest(WITH_TABLE).answers::<gift_imports::GiftsImported>())
        .get("/collectives/{collective}/entries/{seq}/proofs", proofs::list, op("list_proofs", "The files that show an entry of money that came in, the oldest first, for treasurers.").scope(Scope::Money).holds::<proofs::ProofOut>())
        .post("/collectives/{collective}/entries/{seq}/proofs", proofs::add, op("add_proof", "Adds a file that shows an entry of money that came in; none replaces another.").scope(Scope::Money).takes_key().largest(WITH_PROOF).takes::<contributions::ProofIn>().creates::<proofs::ProofAdded>())
        .get("/collectives/{collective}/refunds", refunds::list, op("list_refunds", "What is paid back to organisations that left, newest first, for stewards and treasurers. Preparing, authorising and paying is done on the pages.").scope(Scope::Money).lists::<refunds::RefundCard>())
        .get("/collectives/{collective}/refunds/owed", refunds::owed, op("list_owed", "What is owed to organisations that left, for stewards and treasurers.").scope(Scope::Money).holds::<refunds::OwedOut>())
        .get("/collectives/{collective}/refunds/{number}", refunds::show, op("show_refund", "What is paid back to an organisation, with its transfers.").scope(Scope::Money).answers::<refunds::RefundOut>())
        .post("/collectives/{collective}/entries/{seq}/reversal", contributions::reverse, op("reverse_entry", "Reverses an entry of the book of cash, whole.").scope(Scope::Money).moves_money().takes::<ReversalIn>().creates::<EntryMade>())
        .get("/collectives/{collective}/rounds", rounds::list, op("list_rounds", "Rounds, newest first.").lists::<RoundOut>())
        .post("/collectives/{collective}/rounds", rounds::open, op("open_round", "Opens a round.").scope(Scope::Rounds).takes_key().takes::<RoundIn>().creates::<RoundMade>())
        .get("/collectives/{collective}/rounds/{number}", rounds::show, op("show_round", "A round.").answers::<RoundOut>())
        .get("/collectives/{collective}/rounds/{number}/features", rounds::features, op("list_round_features", "Features that can be funded today, or that were in a closed round.").holds::<features::FeatureCard>())
        .get("/collectives/{collective}/rounds/{number}/share", rounds::share, op("show_share", "The share of the token's organisation.").scope(Scope::Read).answers::<ShareOut>())
        .post("/collectives/{collective}/rounds/{number}/distribution/preview", rounds::preview, op("preview_distribution", "What the distribution of a round would be now.").scope(Scope::Money).takes::<DistributionIn>().answers::<DistributionOut>())
        .post("/collectives/{collective}/rounds/{number}/distribution", rounds::distribute, op("distribute", "Posts the distribution of a round by the digest of its preview.").scope(Scope::Money).moves_money().takes::<DistributionIn>().creates::<EntryMade>())
        .get("/collectives/{collective}/rounds/{number}/close", closing::preview_close, op("preview_close", "What closing a round now would lead to.").scope(Scope::Rounds).depends_on_state().answers::<ClosingOut>())
        .post("/collectives/{collective}/rounds/{number}/close", closing::close, op("close_round", "Closes a round before its last day, by a decision and the digest of what it would lead to.").scope(Scope::Rounds).moves_money().takes::<CloseIn>().answers::<ClosedOut>())
        .get("/collectives/{collective}/allocations", allocations::show, op("show_allocations", "What the token's organisation holds.").scope(Scope::Read).answers::<HoldingsOut>())
        .post("/collectives/{collective}/allocations", allocations::save, op("allocate", "Puts the organisation's share on features and takes it back, all or nothing.").scope(Scope::Allocate).moves_money().takes::<AllocationsIn>().answers::<SavedOut>())
}

/// Classified ads of the instance. Hiding one, and answering reports, is done on the pages alone.
#[rustfmt::skip] // a row an operation
fn advertised() -> Api {
    use ads::{AdIn, AdCard, AdChange, AdMade, AdOut, ContactIn, ReportIn, TalkMade};
    Api::default()
        .get("/ads", ads::list, op("list_ads", "Classified ads, newest first.").query("side", "string", "`request` or `offer`.").query("work", "string", "Only those of that kind of work.").query("software", "string", "Only those for that software.").query("region", "string", "Only those of that region.").query("remote", "boolean", "Only those that can be done from afar.").query("collective", "string", "Only those of members of that collective, by its name in addresses.").query("q", "string", "Only those that hold these words.").lists::<AdCard>())
        .post("/ads", ads::post, op("post_ad", "Posts a classified ad for the token's organisation.").scope(Scope::Features).takes::<AdIn>().creates::<AdMade>())
        .get("/ads/{number}", ads::show, op("show_ad", "A classified ad, with what fits it and why.").answers::<AdOut>())
        .put("/ads/{number}", ads::edit, op("change_ad", "Changes an ad of the token's organisation.").scope(Scope::Features).takes::<AdChange>())
        .post("/ads/{number}/renewal", ads::renew, op("renew_ad", "Shows an ad of the token's organisation for 60 days from now on.").scope(Scope::Features))
        .post("/ads/{number}/withdrawal", ads::withdraw, op("withdraw_ad", "Takes an ad of the token's organisation back.").scope(Scope::Features))
        .put("/ads/{number}/need", ads::need, op("share_ad_need", "The token's organisation has the same need.").scope(Scope::Features))
        .delete("/ads/{number}/need", ads::leave, op("leave_ad_need", "The token's organisation has that need no more.").scope(Scope::Features))
        .post("/ads/{number}/contacts", ads::contact, op("answer_ad", "Answers an ad: whoever posted it gets a mail, and no address.").scope(Scope::Features).takes::<ContactIn>().creates::<TalkMade>())
        .post("/ads/{number}/reports", ads::report, op("report_ad", "Tells the administration of the instance what is wrong with an ad.").scope(Scope::Features).takes::<ReportIn>())
}
