### Signing in, signing out.

sign-in-title = Sign in
sign-in-lead = Give your address: you will get a link and a code, no password to remember.
sign-in-email = Your e-mail
sign-in-send = Send me the mail
sign-in-fresh-title = A recent sign-in is needed
sign-in-fresh-lead = What you were about to do asks for a sign-in less than ten minutes old. Sign in again: you will go straight back to it.
sign-in-already = You are signed in: { $name }.
sign-in-with-password = I have a password
sign-in-password = Password
sign-in-password-button = Enter with the password
sign-in-no-account = No account here yet? People come in by invitation of a member organisation.

## The mail

sign-in-sent-title = A mail is on its way
sign-in-sent-to-html = If <strong>{ $email }</strong> is known here, it will receive a link and a six-digit code, good for 15 minutes.
sign-in-sent-next = Open the link in this browser, or type the code here.
sign-in-sent-nothing = Nothing came? Look in your spam folder, then check the address.
sign-in-sent-demo = In the example no mail is sent: use the addresses printed at the start.
sign-in-another = Give another address
sign-in-code-title = The code of the mail
sign-in-code = Six-digit code
sign-in-code-hint = The one in the mail asked for from this browser.
sign-in-code-button = Sign in
sign-in-link-title = Almost there
sign-in-link-lead = One button to go: this way, robots that open mail before you do can't sign in in your place.
sign-in-link-button = Sign me in
sign-in-gone-title = This link no longer works
sign-in-gone-text = It was used already, or is more than 15 minutes old. Ask for a new mail: the latest one is the right one.
sign-in-gone-ask = Ask for a new mail
sign-in-other-title = This link was asked for in another browser
sign-in-other-text = So that nobody else uses it, it works only there, where it is still good.
sign-in-other-there = On the other device, type the six-digit code of the same mail.
sign-in-other-here = To sign in on this device, ask for a mail from this page.
sign-in-other-ask = Sign in on this device

sign-in-flash = You are signed in.
sign-out-flash = You are signed out.
