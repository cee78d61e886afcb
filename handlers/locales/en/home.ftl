# The main menu, commands, help.
home-hello =
    { $platform ->
        [matrix]
            <b>Tamizdat</b> gathers the stories of Russian speakers who stand for peace and freedom.

            You choose by number: send it, or set it as a reaction under the message.
       *[other] <b>Tamizdat</b> gathers the stories of Russian speakers who stand for peace and freedom.
    }
home-can = You can tell your own story here, or subscribe to those of others.
home-tell = Tell a story
home-mine = My stories
home-question = The editors have left you a question
home-consent = The final text is waiting for you
queue-home = The editors' queue
home-read = Read stories
home-receipt = I have seven words
home-delete = Delete everything about me
home-language = Language / Язык
home-press =
    { $platform ->
        [matrix] To begin, send the number of one of the choices below.
       *[other] To begin, press one of the buttons below.
    }
help =
    <b>Telling.</b> Write as much as you like, send photos and recordings: editors see nothing until you choose “Send”.
    <b>What follows.</b> Editors read your story and may ask you something. Nothing is published unless you agree.
    <b>Changed your mind?</b> You can take a story back until it is published: “My stories”.
    { $platform ->
        [matrix] <b>Reading.</b> You can subscribe to the stories of others, and leave at any time.
            <b>Commands.</b> Menu: !start, tell a story: !story, my stories: !mine, latest stories: !stories, all that is kept about me: !data, delete everything about me: !delete.
       *[other] <b>Reading.</b> You can subscribe to the stories of others, and leave at any time.
    }
menu-start = Main menu
menu-story = Tell a story
menu-mine = My stories
menu-receipt = Find a story by seven words
menu-read = Subscribe to stories
menu-data = All that is kept about me
menu-delete = Delete everything about me
menu-help = How this works
