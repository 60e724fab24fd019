"""The verbs that open paragraphs, by language: add a verb to its line and the grammar knows it."""

# Third person, as operative clauses open: "Requests the Executive Secretary ..."
OPERATIVE_VERBS = {
    "en": """
        accepts acknowledges adopts advises affirms agrees alerts allows appeals applauds appoints
        appreciates approves asks assures authorises authorizes believes calls cautions commemorates
        commends concludes concurs condemns confirms congratulates considers considers continues
        convenes conveys decides declares demands denounces deplores designates determines directs
        discourages draws elects emphasises emphasizes encourages endorses entrusts envisages
        establishes exhorts expects expresses extends finds hails highlights honours hopes
        identifies instructs insists intends invites joins looks maintains makes mandates mourns
        notes objects observes offers opens opposes orders pays pledges points postpones praises
        proclaims proposes reaffirms realizes recalls recognises recognizes recommends reconfirms
        reemphasizes re-emphasizes refers regards regrets reiterates rejects reminds renews repeats
        requests requires reserves resolves responds restates reviews salutes seeks shares solicits
        stresses strengthens suggests supports suspends takes terminates thanks transmits trusts
        underlines underscores undertakes urges values views voices warns welcomes wishes
    """,
    "es": """
        abriga acepta acoge aconseja acuerda adopta advierte afirma agradece alaba alerta alienta
        amplía anima anuncia apela aplaude aplaza apoya aprecia aprueba asegura asigna asume
        atribuye autoriza aúna ayuda celebra coincide comparte comprende concede concluye condena
        confía confirma congratula conmemora conoce considera consigna constata convida conviene
        convoca crea cree decide declara define delega denuncia deplora desaprueba desea designa
        destaca determina dispone elige elogia emplaza encarece encarga encomia encomienda enfatiza
        entiende espera establece estima estimula evalúa evoca examina exhorta exige expresa
        extiende facilita faculta felicita fija formula garantiza hace honra identifica impulsa
        incluye informa insiste insta instruye integra interpreta invita juzga lamenta levanta
        llama mandata manifiesta mantiene nombra nota observa ofrece opina ordena participa pide
        plantea pone precisa presenta prevé proclama prohíbe promueve propicia propone propugna
        prorroga pronuncia puntualiza ratifica reafirma realza recalca rechaza reclama recomienda
        reconoce recuerda refrenda refuerza reitera remite renueva repite repudia requiere rescata
        reserva resalta resuelve respalda revisa revoca ruega saluda señala sitúa solicita sostiene
        subraya sugiere suscribe suspende tiene toma transmite ve urge valora vela
    """,
    "fr": """
        accepte accueille acclame accorde admet adhère adopte adresse affirme ajourne annonce
        appelle applaudit apporte apprécie approuve appuie assigne assure attache attend attire
        autorise avertit avise blâme célèbre charge choisit commémore compte conclut condamne confie
        confirme conjure conseille considère constate convient convoque crée croit décerne décide
        déclare délègue demande demeure dénonce déplore désapprouve désigne désire détermine donne
        élit émet encourage engage enjoint entend entérine envisage espère estime établit étend
        évoque examine exhorte exige exprime fait félicite fixe forme formule garde habilite honore
        identifie incite indique informe insiste institue instruit interdit invite juge lance loue
        maintient mandate manifeste met modifie nomme note observe octroie offre ordonne ouvre
        partage pense place porte précise préconise prend presse prévient prie prévoit proclame
        prononce propose proroge proteste rappelle ratifie réaffirme reconduit recommande recommence
        reconnaît redit regarde regrette reitère réitère rejette relève remarque remercie rend
        rejoint renouvelle renvoie répète reporte repousse requiert réprouve réserve résout sait
        salue sanctionne signale somme souhaite soumet souligne souscrit soutient suggère supplie
        suspend tient transmet trouve veille voit
    """,
    "pt": """
        aceita acolhe acorda adota adopta adverte afirma agradece alenta alerta apela aplaude apoia
        aprecia aprova assinala autoriza celebra chama comenda comemora compromete concita conclama
        concorda condena confia confirma congratula considera constata convida convoca cria decide
        declara define delibera denuncia deplora deseja designa destaca determina elege elogia
        encarrega encoraja endossa enfatiza entende espera estabelece estima estimula exige exorta
        expressa exprime faz felicita frisa homologa incentiva incita incumbe informa insiste insta
        instrui lamenta lança lembra louva manifesta mantém nomeia nota observa parabeniza pede põe
        presta proclama promove pronuncia propõe prorroga ratifica reafirma realça recebe recomenda
        reconhece recorda rechaça regista registra reitera rejeita remete rende renova repudia
        requer reserva resolve ressalta reveste sauda salienta sente solicita solidariza subscreve
        sublinha submete sugere suspende toma transmite urge valoriza
    """,
}

# Participles and adjectives, as preambular paragraphs open: "Recalling resolution ..."
PREAMBULAR_WORDS = {
    "en": """
        accepting acknowledging acting addressing adhering affirmed affirming aiming alarmed
        anticipating appalled appreciating appreciative approving aspiring assuming attaching
        aware basing bearing believing building calling cautioning celebrating cherishing
        cognizant commemorating commending committed committing concerned concluding concurring
        condemning confident confirming congratulating conscious considering contemplating
        continuing contributing convinced declaring deciding demanding deploring desiring
        desirous determined determining disturbed drawing emphasising emphasizing encouraged
        encouraging endorsing ensuring envisaging establishing examining expecting expressing
        extending faced finding following fulfilling gravely grateful guided having
        highlighting honouring hoping indignant inspired intending introducing inviting keeping
        lamenting looking marking mindful mourning moved noting observing offering outraged
        paying pledging pointing praising preoccupied pursuing raising reacting reaffirming
        realising realizing recalling receiving recognising recognizing recommending
        reconfirming reemphasizing referring reflecting regretting reiterating rejecting
        rejoicing relying remaining remembering reminding renewing repeating requesting
        resolved resolving respecting responding restating reviewing sad saddened saluting
        satisfied seeking seized sharing shocked solemnly stressing striving strengthening
        supporting taking thanking troubled trusting underlining underscoring understanding
        undertaking upholding urging using valuing viewing voicing warning welcoming whereas
        willing wishing witnessing
    """,
    # besides gerunds, which are told by their endings
    "es": """
        abrumada abrumado afligida afligido agradecida agradecido alarmada alarmado alentada
        alentado animada animado apenada apenado basada basado complacida complacido comprometida
        comprometido confiada confiado conmovida conmovido consciente conscientes consternada
        consternado convencida convencido decidida decidido deseosa deseoso determinada determinado
        dispuesta dispuesto empeñada empeñado entristecida entristecido esperanzada esperanzado
        guiada guiado horrorizada horrorizado impresionada impresionado
        indignada indignado inquieta inquieto inspirada inspirado interesada interesado
        intranquila intranquilo motivada motivado persuadida persuadido perturbada perturbado
        preocupada preocupado resuelta resuelto sabedora sabedor satisfecha satisfecho
    """,
    "fr": """
        accueillant admettant adressant affirmant affligé affligée agissant alarmé alarmée animé
        animée appelant applaudissant appréciant approuvant appuyant attachant attaché attachée
        attendant atterré atterrée attirant attristé attristée ayant bouleversé bouleversée
        célébrant choqué choquée cherchant commémorant comptant condamnant confiant confiante
        confirmant conscient consciente considérant constatant consterné consternée convaincu
        convaincue convenant craignant croyant décidant décidé décidée déclarant déçu déçue
        demandant demeurant dénonçant déplorant désapprouvant désirant désireuse désireux
        déterminé déterminée donnant doutant effrayé effrayée ému émue encouragé encouragée
        encourageant engageant entendant envisageant espérant estimant étant évoquant examinant
        exhortant exigeant exprimant faisant félicitant fondant frappé frappée gardant
        guidé guidée honorant horrifié horrifiée ignorant indigné indignée informé informée
        insistant inquiet inquiète inspiré inspirée invitant jugeant louant manifestant mettant
        mû mue notant observant partageant pénétré pénétrée pensant persuadé persuadée portant
        poursuivant préconisant prenant préoccupé préoccupée présumant priant proclamant
        procédant rappelant ratifiant réaffirmant recevant recommandant reconnaissant
        reconnaissante redoutant regrettant réitérant relevant remarquant remerciant rendant
        renouvelant répétant répondant réprouvant résolu résolue respectant ressentant restant
        s’appuyant s’associant s’inquiétant saisi saisie sachant saluant satisfait satisfaite
        scandalisé scandalisée signalant souhaitant soucieuse soucieux soulignant souscrivant
        soutenant supposant tenant touché touchée troublé troublée uni unie voulant voyant vu
    """,
    "pt": """
        agradecida agradecido alarmada alarmado animada animado ciente comprometida comprometido
        confiante consciente consternada consternado convencida convencido convicta convicto
        decidida decidido desejosa desejoso determinada determinado disposta disposto empenhada
        empenhado encorajada encorajado guiada guiado indignada indignado inspirada inspirado
        persuadida persuadido preocupada preocupado resolvida resolvido satisfeita satisfeito
    """,
}

# What may stand before the verb: "Also requests", "Strongly condemns", "Once again urges"
ADVERBS = frozenset(
    """
    accordingly again also anew consequently deeply earnestly emphatically equally especially
    explicitly extremely finally firmly formally fully furthermore further gravely greatly hereby
    highly in instead moreover likewise nevertheless nonetheless now once particular particularly
    profoundly reluctantly resolutely respectfully seriously similarly simultaneously sincerely
    solemnly specifically still strongly therefore thus unequivocally unreservedly urgently
    vehemently vigorously warmly while wholeheartedly this regard context connection and with
    appreciation
    también asimismo además por lo tanto sin embargo una otra vez más muy no se en de nuevo ello
    sentido este al respecto y sumo
    aussi également en outre de nouveau instamment vivement énergiquement profondément gravement
    fermement pleinement sincèrement extrêmement sérieusement particulièrement solennellement très
    tout toujours une fois encore plus fortement vigoureusement chaleureusement se s ne n
    catégoriquement résolument expressément nouvelle conséquence egard et
    também além disso ainda outrossim igualmente novamente mais uma
    """.split()  # noqa: SIM905 - a table of words reads better than a list of strings
)

# What belongs to an English verb after it: "Takes note", "Calls upon"
PARTICLES = frozenset(
    """
    note account upon on for forward attention also again further considered noted examined
    adopted received
    """.split()  # noqa: SIM905 - as above
)

# The same in the other languages, word by word: "Expresa su profunda preocupación", "Fait sienne"
COMPLEMENTS = frozenset(
    """
    nota notar constar con su sus beneplácito agrado satisfacción aprecio reconocimiento interés
    preocupación profunda profundo grave gran honda hondo inquietud alarma pesar gratitud
    agradecimiento sincero sincera intención suyo suya suyos suyas presente presentes en cuenta
    consideración un llamamiento hincapié de relieve manifiesto también asimismo además nuevamente
    enérgicamente firmemente encarecidamente igualmente examinado considerado homenaje atención
    complacida complacido preocupada preocupado conocimiento tomado determinado recibido estudiado
    debidamente plenamente nuevo apoyo compromiso
    note acte avec intérêt préoccupation inquiétude reconnaissance regret appréciation également
    aussi outre nouveau instamment fermement énergiquement vivement sa sienne siennes sien siens
    hommage à l’esprit présent présents présente compte considération l’accent gré appel profonde
    vive profondément gravement vigoureusement examiné entendu étudié pris connaissance
    satisfaction gratitude grande préoccupée préoccupé inquiète convaincu convaincue résolu
    particulier pleinement reçu noté déterminé
    a o em com seu sua apreço gratidão intenção preocupação presente conta consideração satisfação
    reconhecimento interesse agrado também igualmente além disso apelo examinado ênfase profundo
    """.split()  # noqa: SIM905 - as above
)
# Complements that end no phrase: "Toma nota de la resolución" is "Toma nota".
INNER_COMPLEMENTS = frozenset(
    """
    con su sus profunda profundo grave gran honda hondo sincero sincera en un de nuevamente
    debidamente plenamente avec sa à profonde vive grande particulier a o seu sua em com
    """.split()  # noqa: SIM905 - as above
)

# Words of PREAMBULAR_WORDS with which titles and names begin, too: "Keeping the promise".
ALSO_IN_NAMES = frozenset(
    """
    building keeping ensuring supporting strengthening celebrating realizing realising
    respecting understanding receiving contributing establishing examining finding fulfilling
    following addressing seeking sharing pursuing striving raising using taking acting working
    united calling
    uni unie vu portant relevant reconnaissant transformando promoviendo fortaleciendo construyendo
    haciendo mejorando creando
    """.split()  # noqa: SIM905 - as above
)
