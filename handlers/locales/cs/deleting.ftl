# Smazat o mně všechno.
delete-sure = <b>Smazat o vás všechno?</b> Zničíme tuto konverzaci a všechno, co víme o vašem účtu.
delete-draft = Zmizí i koncept, který právě píšete.
delete-stories =
    { $stories ->
        [one] Zničíme { $stories } příběh, který čtenáři nevidí.
        [few] Zničíme { $stories } příběhy, které čtenáři nevidí.
       *[other] Zničíme { $stories } příběhů, které čtenáři nevidí.
    }
delete-subscription = Váš odběr skončí, další příběhy už nepřijdou.
delete-unlisted = Zapomeneme i vaši žádost nepřidávat vás z jiných seznamů.
delete-what-stays =
    { $published ->
        [0] Ze záloh všechno zmizí do sedmi dnů.
        [one] { $published } váš příběh vyšel: zůstane, ale nic od něj už k vám nepovede. Všechno ostatní zmizí ze záloh do sedmi dnů.
        [few] { $published } vaše příběhy vyšly: zůstanou, ale nic od nich už k vám nepovede. Všechno ostatní zmizí ze záloh do sedmi dnů.
       *[other] { $published } vašich příběhů vyšlo: zůstanou, ale nic od nich už k vám nepovede. Všechno ostatní zmizí ze záloh do sedmi dnů.
    }
delete-block-stays = Zůstane jediná značka: do { $until } redakce od tohoto účtu nic nového nepřijímá. Pak zmizí i ona.
delete-or-go-on = Pokud to mazat nechcete, nic nevybírejte a pište dál: váš koncept tu pořád je.
delete-yes = Ano, smazat všechno
delete-no = Ne, zpět
deleted =
    Hotovo: už o vás nic nemáme a ze záloh to zmizí nejpozději { $until }.{ $blocked ->
        [0] {""}
       *[other] {" "}Zůstává jen značka, o které jsme mluvili.
    }{ $published ->
        [0] {""}
       *[other] {" "}Co už vyšlo, zůstává u čtenářů.
    }

    { $platform ->
        [matrix] Na serverech Matrixu mohou zůstat zašifrované kopie, ve vašich dalších zařízeních čitelné. Na ty nedosáhneme: odstraňte prosím tuto místnost i tam. Pokud se budete chtít vrátit, prostě nám napište.
       *[other] Na kopie v Telegramu a ve vašich dalších zařízeních nedosáhneme: smažte prosím tento chat i tam. Pokud se budete chtít vrátit, napište /start
    }
