# What the bot says in a Matrix room before it leaves: why it can't talk there.
matrix-room-is-plain = This room is not end-to-end encrypted, so I don't talk here. I am inviting you to another one that is.
matrix-room-cannot-erase = I lack the rights to delete messages here, and I want to clear away our traces. I am inviting you to another room.
matrix-room-has-others = There is somebody else in this room now, so I will say nothing more here. I am inviting you to a new one, for the two of us.
matrix-room-is-second = We already talk in another room: please write there. If it is gone, leave it and invite me again.
