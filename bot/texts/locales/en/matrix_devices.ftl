# Said in the editors' room. devices: "@user:server: DEVICE; …"; people: "@user:server; …"; count: how many they are.
matrix-device-withheld =
    { $count ->
        [one] { $count } device gets no keys to what is said here until an admin confirms it ("tamizdat matrix trust"): { $devices }
       *[other] { $count } devices get no keys to what is said here until an admin confirms them ("tamizdat matrix trust"): { $devices }
    }
matrix-person-withheld =
    In this room, but no editors: { $people }. They can't read what is said here. Enrol whoever belongs to the newsroom ("tamizdat editors enrol"), and remove the others from the room.
