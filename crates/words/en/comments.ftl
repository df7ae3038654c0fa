### The discussion about a feature: its comments.

comments-title = Discussion
comments-count = { $count ->
    [0] Nobody has written anything yet.
    [one] { $count } comment
   *[other] { $count } comments
}
comments-elsewhere = It is discussed elsewhere:
comments-elsewhere-before = What had been written here stays below.
comments-write = Your comment
comments-write-hint = Everybody can read it, with the name of your organisation; yours is shown to members alone. Markdown is laid out.
comments-post = Post the comment
comments-posted = The comment is posted.
comments-sign-in = Sign in to comment
comments-one = Comment no. { $number }
comments-by = { $person } ({ $organisation })
comments-edited = changed on { $date }
comments-hidden = hidden: { $reason }
comments-hidden-self = taken back by whoever wrote it
comments-hidden-self-why = taken back by whoever wrote it: { $reason }
comments-change = Change or take back
comments-moderate = Hide
comments-hidden-see = See it, or show it again
comments-edit-title = Change the comment
comments-edit-hint = What it said before stays readable here.
comments-edit = Save
comments-edit-done = The comment is changed.
comments-text = Text
comments-take-back = Take the comment back
comments-take-back-hint = Its text is read no more; its place stays. You can show it again.
comments-take-back-reason = Why?
comments-hide-title = Hide the comment
comments-hide-hint = The reason is public, and whoever wrote the comment gets it by email.
comments-hide-reason = Reason
comments-hide = Hide
comments-hide-done = The comment is hidden.
comments-show = Show it again
comments-show-hint = You read this text, which others see no more.
comments-show-done = The comment is shown again.
comments-see-all = The whole discussion

comments-mail-hidden-subject = Your comment on “{ $title }” is hidden
comments-mail-hidden = { $steward } hid your comment on “{ $title }”: { $reason }. You can still read it here:

refusal-comment-elsewhere = It is discussed elsewhere: nothing new is written here.
refusal-comment-not-author = Whoever wrote a comment alone changes it.
refusal-comment-hidden = This comment is hidden: its text stays as it is.
refusal-comment-kept-hidden = Whoever took it back, or another steward where one hid it, shows it again.
