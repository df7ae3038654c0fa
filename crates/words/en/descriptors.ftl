### Filling in a software from the file by which it describes itself.

descriptor-unfetched = { $why ->
    [not_there] There is no file at this address.
    [too_large] The file at this address is too large: at most 256 kB are read.
    [not_allowed] It is no address of the web, on the usual port, of a machine that is reached from the Internet.
   *[other] Nothing answers at this address, or it leads to a machine that isn't on the Internet.
}
descriptor-syntax = It is neither YAML nor JSON: the reading stops at line { $line }.
descriptor-other-version = This funding.json is of version { $version }: only version 1 is read.
descriptor-unreadable = { $why ->
    [too_large] The file is too large: at most 256 kB are read.
    [not_text] It isn't a text in UTF-8.
    [too_intricate] The file is nested too deep, or too long once its aliases are followed.
   *[other] It is neither a publiccode.yml, nor a funding.json, nor a FUNDING.yml.
}
