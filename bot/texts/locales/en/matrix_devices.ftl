# Said in the editors' room. devices: "@user:server: DEVICE; …"; count: how many they are.
matrix-device-withheld =
    { $count ->
        [one] { $count } device gets no keys to what is said here until an admin confirms it ("tamizdat matrix trust"): { $devices }
       *[other] { $count } devices get no keys to what is said here until an admin confirms them ("tamizdat matrix trust"): { $devices }
    }
