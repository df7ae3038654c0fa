### Error pages: a title, what happened, what one can do.

error-not-found-title = This page does not exist
error-not-found-happened = The address leads nowhere here: it may have changed, or what it showed has been removed.
error-not-found-next = Check the address, or start again from the home page to find what you are looking for.

error-forbidden-title = This page is not open to you
error-forbidden-happened = What you ask for is reserved to other people of the organisation or of the collective.
error-forbidden-next = Act for another organisation if you have a mandate for it, or ask a steward of the collective for access.
error-whose-acting = Here you act for { $organisation }.
error-whose-nobody = Here you act for no organisation.
error-whose-owner = This is for { $owner }, or for somebody who has a role for it in the collective.
error-whose-role = This is for somebody who has a role for it in the collective, or for another organisation.

error-conflict-title = Something changed in the meantime
error-conflict-happened = Someone else changed the same thing while you were filling in the page. Nothing was saved.
error-conflict-next = Compare what you typed with what is shown now, then try again if it still holds.

error-unprocessable-title = This request can't be handled as it is
error-unprocessable-happened = Something is missing or does not fit. Nothing was saved.
error-unprocessable-next = Go back to the form: each field that needs another look says why.

error-too-large-title = This is too large to send
error-too-large-happened = The file or the text exceeds the size accepted. Nothing was saved.
error-too-large-next = Go back with your browser's button: what you wrote is still there. Make the file smaller, or the text shorter, then send it again.

error-too-many-title = Too many requests in a short time
error-too-many-happened = To protect everyone, the number of requests a minute is limited, and the limit has just been reached.
error-too-many-next = Wait a little, then try again. Nothing that you had saved is lost.
error-too-many-wait = { $seconds ->
    [one] You can try again in { $seconds } second.
   *[other] You can try again in { $seconds } seconds.
}

error-internal-title = Something went wrong on our side
error-internal-happened = The page could not be prepared. It is not your fault, and the error has been recorded.
error-internal-next = Try again in a moment. If the error returns, give the reference below to the administrators.
error-internal-reference = Reference: { $reference }

error-unavailable-title = The service is unavailable for a moment
error-unavailable-happened = The server is receiving too many requests at once, or is restarting. Nothing was saved.
error-unavailable-next = Try again in a few seconds.

error-full-title = The server's disk is full
error-full-happened = Nothing was saved, and nothing that had been is lost.
error-full-next = Tell whoever runs the server; keep your text at hand and try again when there is room.
