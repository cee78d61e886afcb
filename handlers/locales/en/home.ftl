# The main menu, commands, help.
home-hello = <b>Tamizdat</b> gathers the stories of Russian speakers who stand for peace and freedom.
home-can = You can tell your own story here, or subscribe to those of others.
home-tell = Tell a story
home-mine = My stories
home-read = Read stories
home-delete = Delete everything about me
home-language = Русский
home-press = To begin, press one of the buttons below.
trial =
    <b>This is a trial.</b> Its protection is not complete: please don't send real stories.
help =
    <b>Telling a story.</b> Write as many messages as you like and add photos. Editors see nothing until you press “Send”.

    <b>What follows.</b> Editors read it and may ask you something. Nothing is published unless you agree to the final text.

    <b>Changed your mind?</b> You can take a story back at any time before it is published: “My stories”.
menu-start = Main menu
menu-story = Tell a story
menu-mine = My stories
menu-read = Subscribe to stories
menu-delete = Delete everything about me
menu-help = How this works
