### Pictures of a feature.

pictures-title = Pictures
pictures-heading = Pictures of “{ $title }”
pictures-lead = { $count ->
    [one] A sketch, a view of a screen, a photo of the progress: at most { $count } picture.
   *[other] A sketch, a view of a screen, a photo of the progress: at most { $count } pictures.
}
pictures-none = No picture yet.
pictures-add = Add a picture
pictures-manage = Add or remove a picture
pictures-file = File
pictures-file-hint = { $count ->
    [one] JPEG, PNG or WebP, at most { $count } MB. What else the file tells (place, date, camera) is taken out.
   *[other] JPEG, PNG or WebP, at most { $count } MB. What else the file tells (place, date, camera) is taken out.
}
pictures-file-again = Choose the file again: the browser doesn't keep it.
pictures-alternative = What does it show?
pictures-alternative-hint = A sentence for those who don't see it: “The room opens, with an Enter button below.”
pictures-in-text = To place it in “In detail”, copy this line
pictures-remove = Remove this picture
pictures-remove-warning = The picture and its sentence will be erased for good, also where the text shows it.
pictures-remove-confirm = Erase for good
pictures-added = The picture is added.
pictures-removed = The picture is erased.
pictures-ended = This feature has ended: no more pictures can be added.

## Refusals

pictures-too-many = { $count ->
    [one] There is { $count } picture already, the most possible: remove it first.
   *[other] There are { $count } pictures already, the most possible: remove one first.
}
pictures-twice = This picture is there already.
pictures-not-a-picture = This is not a picture that Popote can show: send a JPEG, a PNG or a WebP.
pictures-drawing = A drawing in SVG can hold a program: save it as PNG, then send it.
pictures-animated = This picture is animated: send a still one.
pictures-too-many-pixels = { $count ->
    [one] This picture is too large: at most { $count } million pixels. Make it smaller, then send it again.
   *[other] This picture is too large: at most { $count } million pixels. Make it smaller, then send it again.
}
pictures-broken = This file is damaged or incomplete: save the picture again, then send it.
