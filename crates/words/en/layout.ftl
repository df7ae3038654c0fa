### The parts that every page is made of: gauge, pot, way, fields, error pages of the frame.

layout-nav-collective = Collective { $collective }
layout-nav-round = Round { $number }
layout-acting-for = for { $organisation }
layout-acting-instead = Here you act for { $organisation }.
layout-acting-nobody = Here you act for no organisation any more.
layout-acting-choose = Your organisations
layout-you = You
layout-demo = Example: the data of this instance are invented.
layout-footer-about = About
layout-footer-head-html = journal fingerprint <code>{ $head }</code>
layout-as-of = printed on { $date }
layout-crumbs = You are here

## Money as a picture

layout-received = received
layout-firm = firm promise
layout-hoped = intention
layout-gauge-picture = { $received } received, { $firm } in firm promises, { $hoped } in intentions; floor price { $floor }
layout-gauge-picture-received = { $received } received; floor price { $floor }
layout-gauge-sum-html = <strong>{ $sum }</strong> of { $floor }: { $received } received + { $firm } promised
layout-gauge-received-html = <strong>{ $received }</strong> received of { $floor }
layout-gauge-hoped = and { $hoped } in intentions, which don't count yet
layout-gauge-part = { $percent } of the floor price
layout-pot-picture-received = { $held ->
    [yes] The pot: { $received } in hand
   *[other] The pot: { $received } paid
}
layout-pot-picture = { $held ->
    [yes] The pot: { $received } in hand, { $firm } in firm promises, { $hoped } in intentions
   *[other] The pot: { $received } paid, { $firm } in firm promises, { $hoped } in intentions
}

## The way of a feature

layout-way = The way
layout-way-step-html = Step { $number } of { $total }: <strong>{ $step }</strong>
layout-way-done = done:
layout-way-current = now:
layout-way-coming = to come:
layout-way-broken = broken off:
layout-way-end = end:

## Lists

layout-pages = Pages of the list
layout-first-page = Start of the list

## Refusals of the frame

layout-error-sign-in-title = Sign in first
layout-error-sign-in-happened = This page is for one person, and we don't know yet who you are.
layout-error-sign-in-next = Sign in, then come back to this address.
layout-error-foreign-title = This form comes from another site
layout-error-foreign-happened = To protect you, only forms of this site are accepted. Nothing was saved.
layout-error-foreign-next = Open the page here and try again. If it happens again, the public address of the instance may be set wrongly.
layout-error-unreadable-title = This request can't be read
layout-error-unreadable-happened = What the browser sent doesn't have the expected form. Nothing was saved.
layout-error-unreadable-next = Go back to the previous page, reload it and try again.
layout-error-method-title = This address is not used like that
layout-error-method-happened = The address exists, but it doesn't answer this kind of request: often it belongs to a form and was opened directly.
layout-error-method-next = Start again from the home page or from the page with the form.
layout-error-timeout-title = The request took too long
layout-error-timeout-happened = The connection is slow, or the server very busy. The answer was cut off.
layout-error-timeout-next = Reload the page; before you send a form again, check that it wasn't saved already.

## What somebody had written, where the page couldn't be saved

layout-rescued-sign-in = What you wrote isn't saved yet, but nothing is lost: once you have signed in, you will find the page as you left it.
layout-rescued-kept = What you wrote isn't saved, but nothing is lost: you will find it in the form.
layout-rescued-mandate = What you wrote isn't saved, but it is kept for six months: it waits until you have a mandate again. The address below will then show it in the form; you can also copy it from here.
layout-rescued-later = The address of the form, to keep for later
layout-rescued-files = Attached files have to be chosen again.
layout-rescued-back = Back to the form
layout-rescued-texts = What you had written, to be copied before you leave this page:
layout-rescued-note = Here is what you had written. Nothing is saved yet: read it again, then send it.

# What a field said, where its form can't be shown.
layout-field = { $name ->
    [name] Name
    [amount] Amount
    [title] Title
    [reference] Reference
    [email] Email
    [mail] Email
    [received_on] Received on
    [into] Need that stays
    [reason] Reason
    [outcome] What was decided
    [organisation] Organisation
    [iban] IBAN
    [head] Last published head
    [cap] Cap
    [until] Until
    [closes_on] Last day
    [opens_on] First day
    [website] Website
    [url] Address
    [link] Link
    [discussion_url] Where it is discussed
    [discussion] Where it is discussed
    [zone] Time zone
    [worker] Who does the work
    [software] Software
    [signatory] Signatory
    [payee] Payee
    [note] Note
    [host_name] Host
    [giver] Giver
    [fee_rate] Fee, in percent
    [done_when] It is done when
    [collective] Collective
    [days] Days
    [reserve_per_mille] Reserve, per cent
    [rate] Percentage of turnover
    [turnover] Turnover of a year
    [needers] Organisations concerned
    [equal] Equal part, in percent
    [count] Number
    [price_to] Price, at most
    [price] Price
    [cover] Amount advanced
    [address] Address
    [to] To
    [from] From
    [subject_to] Subject to, until
    [starts_on] From
    [settled_on] Debited on
    [paid_on] Paid on
    [ends_on] Until
    [decided_on] Decided on
    [dated_on] Dated
    [closing_on] Closing date
    [bounced_on] Came back on
    [also_settled_on] Debited on
    [words] Text
    [withdraw_reason] Reason for withdrawing
    [why] Why
    [text] Text
    [table] Table
    [summary] Summary
    [refuse_reason] Reason for refusing
    [purpose] Purpose
    [objection] Objection
    [description] Description
    [conditions] Conditions
    [wish] Wish
    [correct_reason] Reason for the correction
    [give_link] Page for gifts elsewhere
    [bounce_reason] Reason it came back
    [body] Text
    [alternative] Text instead of the picture
    [label] Line
    [minimum] At least
    [maximum] At most
    [yearly] At most in a year
    [appeal] Appeal
    [availability] Availability
    [deadline_on] To be done before
    [least] At least
    [licence] Licence
    [most] At most
    [references] References
    [region] Region
    [skills] Skills
    [repository] Source code
    [roadmap] Roadmap
    [funding] Where one gives
    [maintainers] Who maintains it
    [opted_out_url] Where the team says so
    [users] People concerned
    [links] Issues elsewhere
    [known_by] Who knows it
    [price_from] Price, at least
    [maintained_by] Who would maintain it
    [evidence] Where to read it
   *[other] Field
}

## A mandate that is over

layout-mandate-over = Your mandate for { $organisation } ended on { $date }.
layout-mandate-over-next = To act for it again, ask whoever represents it for a new mandate; if nobody does any more, ask the administration of the collective. Nothing that you did before is called into question.
