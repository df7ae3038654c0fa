### The parts that every page is made of: gauge, pot, way, fields, error pages of the frame.

layout-nav-collective = Collective { $collective }
layout-nav-round = Round { $number }
layout-acting-for = for { $organisation }
layout-demo = Example: the data of this instance are invented.
layout-footer-about = About
layout-footer-head-html = journal fingerprint <code>{ $head }</code>
layout-crumbs = You are here

## Money as a picture

layout-received = received
layout-firm = firm promise
layout-hoped = intention
layout-gauge-picture = { $received } received, { $firm } in firm promises, { $hoped } in intentions; floor price { $floor }
layout-gauge-sum-html = <strong>{ $sum }</strong> of { $floor }: { $received } received + { $firm } promised
layout-gauge-received-html = <strong>{ $received }</strong> received of { $floor }
layout-gauge-hoped = and { $hoped } in intentions, which don't count yet
layout-gauge-part = { $percent } of the floor price
layout-pot-picture = The pot: { $received } received, { $firm } in firm promises, { $hoped } in intentions

## The way of a feature

layout-way = The way
layout-way-step-html = Step { $number } of { $total }: <strong>{ $step }</strong>
layout-way-done = done:
layout-way-current = now:
layout-way-coming = to come:

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
layout-rescued-files = Attached files have to be chosen again.
layout-rescued-back = Back to the form
layout-rescued-texts = What you had written, to be copied before you leave this page:
layout-rescued-note = Here is what you had written. Nothing is saved yet: read it again, then send it.

## A mandate that is over

layout-mandate-over = Your mandate for { $organisation } ended on { $date }.
layout-mandate-over-next = To act for it again, ask whoever represents it for a new mandate; if nobody does any more, ask the administration of the collective. Nothing that you did before is called into question.
