# Which accounts are really ours.
menu-official = Is this bot real?
official-list =
    <b>{ $name }: our real accounts</b>
    { $accounts }

    Anything that is not in this list is not us, even if it looks the same. Compare the name of this bot with the list, letter by letter: a copy may show the list too.

    <b>How to check the list itself.</b> It is signed with our key:
    <code>{ $key }</code>
    Look for the same key where you trusted us before: on our site, on paper, with people you know. If it is a different one, don't write here.

    Signed on { DATETIME($signed, dateStyle: "long") }, valid until { DATETIME($until, dateStyle: "long") }.
official-none =
    We have no signed list of our accounts at the moment. If you are not sure that this bot is real, don't write here yet: follow the link from our site, or ask somebody you trust.
