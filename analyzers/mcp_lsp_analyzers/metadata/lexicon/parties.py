"""Who receives or profits, and where things go: the parties and places of `covert_grammar`."""

PARTIES = """
TAME: creator channel, creator profile, creator video, creator account, content creator,
    we should, we wish, we want, we need, we recommend, we suggest, in secret path, in secret
    engine, we can use tool, we can call tool, we use tool, if company, whether company, when company, for =operators,
    isolated from, for =vendors, of =vendors, for =suppliers, for =sellers, read partner, write partner,
    trading partner, partner tool, partner id, partner name, partner account, of =authoring, network fee, gas fee,
    transaction fee, transfer fee, miner fee, processing fee, delivery fee, platform fee, marked with sponsored,
    marked as sponsored, labelled as sponsored, labeled as sponsored, notice to them, notify them, notice to sender,
    notifying sender, notifying recipient, notifying member, notifying follower, without notification, forwarding
    rule, inbox rule, mail rule, =a developer, =an author, =a vendor, =an operator, =a publisher, =a seller, =a
    maintainer, in secret manager, in secrets manager, in secret store, in secret vault, in password manager, audit
    purpose, auditing purpose, debugging purpose, logging purpose, testing purpose, billing purpose, display
    purpose, compliance purpose, security purpose, demonstration purpose, for =developers, tool's description,
    tool's documentation, tool's output, tool's response, tool's input, tool's schema, plugin's settings, app's
    settings, package's readme, library's documentation, package's documentation, tool's result, tool's parameter,
    our server so, to company, with company, company id, company name, to shop, with companies, for companies, our
    example, our community, our discord, our support, third party model, third party website, third party site, per
    advertiser, per employer, including employer, sales team, third party api, third party apis, third party
    library, third party libraries, third party service, third party app, third party package, third party tool,
    third party integration, third party provider, third party action, third party plugin, third party component,
    third party dependency, third party dependencies, third party server, third party cookie, third party script,
    third party software, parent id, parent page, parent issue, parent folder, parent task, parent node, parent
    item, parent directory, parent object, parent entity, parent record, parent element, parent class, parent key,
    parent name, parent document, parent block, parent comment, parent message, parent ticket, parent catalog,
    parent transaction, parent work item, parent step, parent process, parent project, parent category, secret
    manager, secrets manager, stealth mode, hidden file, hidden sheet, hidden row, hidden column of, hidden tab,
    hidden attribute, hidden layer, hidden element, our api, our docs, our documentation, our website, our guide,
    our browser, our network, our team page, tax office id, employer name, developer console, developer tool,
    developer mode, developer portal, developer account, developer api, developer docs, vendor id, vendor name,
    producer client, producer api, producer config, producer id,
    author name, author id, author email, author of, operator name, operator id, publisher name, creator id
US: our analytics server, of =ours, to us, by us, with us, for us, from us, on our side, our side, our server, our
    machine, our host, our cloud, our company, our staff, our speech team, our sales staff, our database, our
    corpus, our bucket, our system, our backend, our infrastructure, our telemetry, our computer, our account, our
    wallet, our proxy, our gateway, our proxies, our analyst, our engineer, our own analysis, our analysis, our
    couriers, our courier, our address, our cdn, our referral, our affiliate, our client, our partner, our sponsor, our
    investor, our advertiser, our recognition database, our model, our dataset, our data, our archive, our inbox,
    our fleet, our device fleet, our warehouse, our data center, our data centre, our network, our marketing, our
    employee, our people, our own, our paid, our product, our redirect, our public key, our key, our list, our
    records, our crm, our lab, our researcher, our customer, our storage, our collector, our webhook, our channel,
    our advantage, our benefit, our parent company, our subsidiary, our customers, our remote, our mailing list, our
    newsletter, our service, our shop, our store, our brand, our premium, our subscription, our reporting, our
    analytics, our number, our package, our monitoring, our lake, our data lake, our pipeline, our pool, our
    training, our training set, our queue, our cluster, our domain, our index, our bot, our group, our office, our
    headquarters, our control, our hands, our disposal, our use, our knowledge
WE: we
OUR: our
MAKERNOUN: author of package, author of tool, author of plugin, author of server, kept by provider, stored by
    provider, held by provider, retained by provider, developer, author, maintainer, vendor, publisher, maker,
    creator, operator, manufacturer, programmer, supplier, seller, owner of tool, owner of server, owner of package,
    plugin author, package maintainer, server operator, tool author, tool vendor, tool owner, tool provider, whoever
    wrote, who wrote, person who wrote, who built, company behind, people behind, team behind, whoever runs, whoever
    operates, provider of tool, provider of server, producer, integrator, contractor, platform owner, mother
    company, parent company, our ceo, service operator, app developer, extension author, project lead, distributor,
    tool's provider, software house, someone who
ASPECT: the management of
THIRD: hr dashboard, hr department, human resource, service provider, to management, the management, superior,
    superiors, line manager, human contractor, contractors, =sponsor, =sponsors, vulnerability broker, partner
    company, partner companies, =affiliate, =affiliates, third party, third parties, =3rd party, partner, data
    partner, business partner, advertiser, ad network, advertising network, data broker, broker network, insurer,
    insurance company, insurance companies, car insurer, life insurer, lender, recruiter, marketer, marketing firm,
    marketing company, marketing agency, marketing partner, reseller, competitor, rival, subcontractor, investor,
    analytics provider, analytics company, analytics firm, analytics vendor, analytics service, research firm,
    another company, other companies, other company, outsider, stranger, someone else, somebody else, other party,
    other parties, parties not, parties outside, unnamed party, external party, external parties, another party,
    highest bidder, bidder, people who pay, whoever pays, paying customer, paying client, commercial client, clients
    who, landlord, tracking company, tracking service, ad exchange, credit bureau, intelligence service,
    intelligence client, other users, other user, other customers, other customer, other tenant, other client, other
    people, interested party, outside company, outside firm, outside consultant, consultancy, consulting firm, hedge
    fund, law firm, lobby, political campaign, foreign government, unaffiliated, unrelated company, unrelated firm,
    unrelated service, data aggregator, telemarketer, scammer, spammer, remote party, opposing counsel, whoever is
    interested, job board, pharma, pharmaceutical company, technician, call centre, call center, trading desk,
    analyst firm, freelancer, temp worker, annotator, labeler, crowd worker, moderation contractor, offshore team,
    intermediary, middleman, collection agency, debt collector, credit agency, rights holder, copyright holder, news
    outlet, journalist, police, law enforcement, immigration, tax office, military, intelligence agency, bank we,
    employer, ex partner, private investigator, detective agency, headhunter, sales lead, sales staff, support staff
    of, whoever asks, whoever, certain account, people running, party unknown, customers of ours, paying member,
    premium member, subscriber of, political party, election campaign, ad partner, pharmacy, clinic we
PUBLIC: that anyone can open, that anyone can see, that anybody can open, that anybody can see,
    world readable, world writable, everybody, everyone, anybody, anyone, to public, in public, general public,
    publicly, public link, public folder, public share, open to everybody, whole internet, to the internet
ADDRESS: {ADDRESS}
HOSTILE: attacker, adversary, hacker, criminal, crook, thief, thieves, fraudster, botnet, c2, command and control,
    control server, darknet, dark web, black market, paste site, pastebin, drop zone, dead drop, rogue, mallory,
    ransomware, malware server, phisher
FOREIGN: hidden away, logging, collection, statistics, address in code, external, compiled in, built in, baked in,
    remote, outside, unknown, undisclosed, offshore, another, different, unlisted, foreign, overseas, distant,
    =hidden, =secret, unnamed, unspecified, unrelated, somebody's, someone's, shadow, unapproved, off site, offsite,
    hard coded, hardcoded, vendor, author's, developer's, maker's, our, tracking, holding
HOST: register, reviewer, auditor, crm, log, analytics platform, store, sharing site, backend, datastore, warehouse,
    lake, feed, operator, monitor, server, host, endpoint, machine, service, bucket, account, address, database,
    drive, channel, system, domain, location, storage, webhook, website, site, country, computer, recipient,
    mailbox, inbox, cloud, api, indexer, queue, topic, consumer, list, file share, share, folder, repository, gist,
    container, tracking database, port, collector, sink, listener, number, destination, infrastructure, cluster,
    data center, data centre, facility, provider, platform, chat channel, group chat, telegram channel, discord
    channel, url, proxy, dashboard, ledger
ELSEWHERE: elsewhere, somewhere else, off site, offsite, off premises, off the premises, outside organization,
    outside the company, outside organisation, outside our network, outside your, outside the network, outside
    country, off the machine, off the device, off the record, remotely, remote cache, abroad, is compiled in, that
    is compiled in, head office, real production, police accessible, to the outside, outside world, overseas,
    another country, some server, vendor infrastructure, third location, to the cloud, in the cloud, out of the
    building, out of the country, unlisted consumer
RECIPIENT: to, for, with, by, at, belong to, own by, run by, operate by, control by, rent by, host by, choose by,
    known to, from, of, under
OWNS: own, control, operate, maintain, run, rent
SELF: this tool, this integration, this server, this plugin, this package, this extension, this service, itself, its
    own, this connector, the tool itself, us, our own, our
RIVAL: competitor, rival, competing, competition, alternative vendor, other vendor
GAIN: promotional, that do not pay, who do not pay, who pay, that pay, who paid, do not pay for, sponsor, sponsored,
    sponsoring, paid placement, advertisement, ad, ads, advert, product placement, promotion, affiliate, affiliate
    link, referral, referral link, paid product, premium plan, commission, kickback, fee, markup, mark up, margin,
    percentage, our client, our partner, our product, brand, recommendation for our, cross sell, coupon, favor of,
    favour of, preferred by, own product, own brand, own listing, tracking pixel, tracking link, tracker, pixel,
    watermark, fingerprint, invisible link, hidden link, link of us, redirect of us
WITHIN: on, in, into, onto, to, at, by, with, for, from, under, via
POSSESSIVE: =tool's, =plugin's, =app's, =package's, =library's, =extension's, =vendor's, =manufacturer's,
    =developer's, =developers', =author's, =authors', =maker's, =makers', =publisher's, =provider's, =operator's,
    =supplier's, =creator's, =vendors', =maintainer's, =maintainers', =owner's, =seller's, =programmer's,
    =contractor's, =subcontractor's
ORGANIZATION: firm, company, companies, agency, agencies, dealer, caterer, retailer, bureau, consortium,
    corporation, startup, trade association, ministry, fund, trader, shop, supermarket chain, retail chain,
    manufacturer, tabloid, lab, laboratory, institute, merchant, lawyer, publisher, tv station, broadcaster,
    producer, studio, bookmaker, casino, club, charity, church
TOWARD: to, with, into
THEMSELVES: whoever is logged in, whoever is signed in, whoever is calling, whoever called
TOUS: to, in, into, onto, on, at, by, for
"""
