# Které účty jsou opravdu naše.
menu-official = Je tento bot pravý?
official-list =
    <b>{ $name }: naše pravé účty</b>
    { $accounts }

    Co v tomto seznamu není, nejsme my, i kdyby to vypadalo stejně. Porovnejte jméno tohoto bota se seznamem písmeno po písmenu: i napodobenina může seznam ukázat.

    <b>Jak ověřit samotný seznam.</b> Je podepsaný naším klíčem:
    <code>{ $key }</code>
    Najděte stejný klíč tam, kde jste nám už důvěřovali: na našem webu, na papíře, u známých. Pokud je jiný, nepište sem.

    Podepsáno { DATETIME($signed, dateStyle: "long") }, platí do { DATETIME($until, dateStyle: "long") }.
official-none =
    Podepsaný seznam našich účtů teď nemáme. Pokud si nejste jistí, že je tento bot pravý, zatím sem nepište: použijte odkaz z našeho webu nebo se zeptejte někoho, komu věříte.
