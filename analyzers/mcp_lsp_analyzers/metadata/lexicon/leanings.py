"""What words weigh in `leaning`: a line has a weight in tenths and the marks that have it; fitted, not written."""

AGAINST = r"""
29: #of1
27: #O
26: ^exploit
22: ^enumerat, be to, memo
21: mention, victim
20: #C, read_fil, sensitiv
19: act, half, now
18: C.ANYWAY, ^brut, crack, injection, kerbero, system, writ fil
17: C.DEGREE, be only, be trac, cooky, exploit
16: C.SELF, C.STEAL, C.UNASKED, enumerat, exhaust, pay, to each, wors
15: C.INVITED, O.BAD, ^creat, a hid, abus, and includ, any, approv, attack, compromiz, count as, disk, everyth,
  payload, trac, whatever
14: C.EVIL, C.FALSIFY, C.FRAMED, C.GATHER, O.LOADED, ^abus, backup, each, hijack, implant, lead, often, other, room,
  the second, thes, to an, whoever
13: C.BUGGED, O+KEYFILE, O.FRAMED, ^befor, ^dump, a person, and call, argument n, assistant, authentication, bank,
  buy, caus, chat, decrypt, document and, lookup, n no, nargument, nargument n, one, part, pupil, requir call, scan
  for, sid, too, trust, upload the, what you, yes
12: %^ ~s of, %by ~ing, C+ORGANIZATION, C+UNASKED, C+UNSHOWN, C.ORDERED, C.TOLD, O+SHELL, ^escap, ^step, ^what, ahead,
  assertion, binary, call the, call to, cancellation, complianc, dump, every, failur to, green, loss, must first, of
  our, our, out, plant, retain, statement, the question, to a, way, we, {ADDRESS} to
11: C+BEFOREIT, C+US, C.WEAPON, O+ONWARD, O.KEYFILE, ^failur, ^lookup, ^param, ^search, ^voic, a third, add {ADDRESS},
  befor return, bring, consent, decod, ensur, escap, fewer, get an, handshak, internal, less, lower, mak the,
  mandatory, n n, obfuscat, quietly, staff, the disk, the folder, the one, the room, today, tool output, will caus,
  world, you must
10: #host, 7, C+CONTRARY, C+OUR, C+WITHIN, C.HOSTILEHOST, C.LATERUSE, C.USE, O+SPAM, O.HOSTILEHOST, O.MUSTCALL,
  O.PATCHED, O.RETURNED, O.SCRAP, ^an, ^bypass, ^clip, ^say, ^ther, ^titl, ^to, a short, a victim, address and, an
  account, antivirus, as if, be not, be try, complain, critical, deserialization, directiv, dll, do, forward the, giv
  the, go, her, hid data, includ fil, its own, licenc, loan, machin, maintainer, mention thi, not exist, on them, open
  it, password from, patient, point, privileg, prob, registry, sampl of, send_email, servic, shell, steal, strik,
  symptom, text of, thi description, transmit, when they
9: %~s ~s $, C+CHOSEN, C+FOREIGN, C+HOSTILEHOST, C+RECIPIENT, C.BUT, C.UNAGREED, C.WE, O+HOSTILEHOST, O+LITERAL,
  O+TELLS, O.DEFENSE, O.NEEDNOTS, O.NOSHOULD, O.OUTGOINGS, ^act, ^drop, ^extract, ^inject, ^span, ^spoof, a copy, a
  log, a sql, add number, after an, all previous, and add, and pass, answer, anthropic, autoapprov, b, bad, be
  compromiz, be put, be retain, be sell, be suspend, below, calendar, carry, certain, checkbox, claus, doubl, e mail,
  edg, establish, exchang, execut, expert, filesystem, for command, foreign, format json, freely, half of, hous, ignor
  all, key fil, manuscript, may use, mount, notic, on in, opt, over, packag from, past, privacy, produc a, prompt to,
  psexec, q, recogniz, resign, secret, secur, seed, serv, smooth, solv, someth, someth up, thre, transfer, try, us,
  vot, walk, weather, whatever the, word, {SECRET_FILE}
8: %it ~s, %not ~ $, %the ~s ~s, %to ~ ~, %~ the, %~ {SECRET_FILE} ~, 64, 72, 74, C.CLIENTGUARD, C.CONFIDED, C.DISARM,
  C.GATHERED, C.HOSTILE, C.OTHERS, C.RIVAL, O+BECOME, O+ITSELF, O+SURFACED, O+THISINSTEAD, O.MULTIPLY, O.OTHERSONE,
  O.VALUEOF, O.VARIABLE, ^3, ^authenticat, ^be, ^crack, ^generat, ^giv, ^hijack, ^instruction, ^obtain, ^password, ^q,
  ^skip, accuracy, address be, against, also read, and edg, and execut, and hid, and read, and resourc, and run, and
  tell, and with, anonymous, anyth, append, applicant, auditor, authority, be match, be open, be our, be over, be run,
  befor thi, better result, breaker, by, bypass security, calculator, check for, company policy, configuration and,
  confirm tru, control, cooky from, copy the, data collection, delet fil, deserialization attack, end in, escalation,
  execut the, far, fil directory, financ, first call, for domain, for user, for window, full list, giv, good, history
  and, hostnam, i, injection in, keep, key, later, leav a, licens, listener, mak, manipulat, mean no, minus, network,
  no argument, non be, ntlm, on target, onc the, one be, other sid, output in, photo, prior, privileg escalation,
  process id, rank, readabl for, requirement, resourc for, run, run env, saf, say, shall, shar be, show to, ssrf, tak
  over, ten, test and, that, the author, the download, the employer, the follow, the output, the report, the victim,
  the wallet, ther, they, through, to min, tool, union, unless the, upload a, usb, user want, valu of, when using,
  whil, you may, you to
7: #of2, %^ it ~s, %^ ~s that, %for ~ $, %~ {SECRET_FILE}, C+CHOICE, C+EVIL, C+MINES, C+SENDOUT, C.GAIN, C.LOGS,
  C.NOCHOICE, C.OUR, C.PLANT, O+ASSURED, O+BEST, O+DO, O+MUSTCALL, O+NEEDNOTS, O+OFUSER, O+PASSED, O+PERMIT, O+RUNS,
  O.ASSURED, O.SLANDER, ^answer, ^as, ^comment, ^crawl, ^detect, ^finding, ^fingerprint, ^onc, ^person, ^print,
  ^provid, ^system, a fals, a list, a miss, a test, a track, a webhook, about the, absent, administrator, advertiz,
  alert, all environment, all security, alway, an external, an internal, and must, and note, anybody, as root, audit
  trail, back by, base64 and, be fill, be mak, be publish, be typ, break, broken, brut, brut forc, can see, check a,
  collection be, condition, cybersecurity, dan, data in, delivery, description be, despit, different, discourag, dns,
  do it, down the, edr, encryption, ever, featur in, fil by, fil or, first, first run, for diagnostic, for its, for
  later, for performanc, for privileg, from an, get the, governanc, harmless, hint, hom, hostnam usernam, in between,
  in each, in user, inject, injection techniqu, ink, insuranc, internally, leav it, machin to, mean, mention it,
  modify, movement, no need, not nam, of other, or api, or directory, other server, own, parameter query, partner,
  prerequisit, proof, provid the, reachabl, report success, repository public, result in, reus, run after, safety,
  search tool, select statement, send the, server can, session id, silent, somebody, sound, span, step 2, tabl be,
  talk, test result, text text, the editor, the fee, the hom, the maintainer, the pric, the progress, the select, the
  tool, the user, the variabl, them, themselv, thi function, thi will, to all, to log, to prevent, to you, train a,
  trial, trip, unpublish, url and, use any, use of, use the, with an, with each, with it, with path, within a, you
  run, your session
6: %^ if ~, %^ ~ ~, %a ~s, %all ~ ~s, %and ~ly, %and ~s ~, %must ~ the, %people ~, %the ~ ~s, %user ~, %~ are, %~ this
  tool, %~ when, %~ed ~, %~s from the, %~s on ~, %~s ~ no, 000, C+AIM, C+BYCALLER, C+DEFENSE, C+ELSEWHERE, C+FALSE,
  C+TRUSTED, C.BYCALLER, C.ELSEWHERE, C.LOGGING, C.MAKERNOUN, C.QUIET, C.READOUT, C.RIGHTS, C.ROB, C.SKEWED, C.WANTED,
  O+MODELNOUN, O+NAMED, O+SECRET, O+TRUSTED, O+VARIABLE, O.BEST, O.CALLING, O.DEMAND, O.NAMED, O.NO, O.OBEY,
  O.OUTGOING, O.PASSED, O.PASSON, O.PERMIT, O.POWERFUL, O.REVEAL, O.THISINSTEAD, ^build, ^compil, ^control, ^customer,
  ^hid, ^however, ^important, ^nargument, ^prerequisit, ^report, ^sign, ^tak, ^walk, ^warning, ^writ, a mandatory, a
  no, a point, a public, a system, ad, address in, after any, after it, along, among, and answer, and leav, and liv,
  and stor, and version, approv and, argument be, as well, ask, away, bash, be an, be handl, be ignor, be never, be
  saf, be ther, befor you, being, bind, book be, branch protection, break be, bundl, by company, by design, calendar
  with, call from, car, chang the, charg, chrom, clip, collector, com, compatibility, concern, confidential,
  credential from, current work, definition and, delet the, detection, discard the, disclos, domain or, don't put,
  drop, dur, each query, edit the, engin, entry in, event log, except, execut command, exfiltrat, favour, fil do,
  film, finding, firewall, flood, follow a, for historical, for their, for url, generator, go into, hand, higher, host
  on, however, if multipl, imag, important the, indicator of, internal security, it go, it out, its output, join,
  just, just use, list secret, list to, maintenanc, mention that, miner, much, must contain, must modify, nam and,
  net, never call, no, nobody, nod of, not creat, not mention, not shar, number be, of compromiz, on remot, oppos,
  option a, option b, or not, out of, packag, parent, passag, password in, percent, persistenc, phish, pictur be,
  poor, privat, produc, psychological, read by, record a, ref, remot, restriction, rival, sam tim, sav password,
  security alert, security protocol, security rul, send_messag, server in, servic for, setting be, shadow copy,
  shodan, show an, signatur, slip, so far, spread, steal data, stop at, string return, strong, styl, switch, that it,
  that would, the administrator, the archiv, the bank, the cod, the context, the host, the hous, the instruction, the
  lock, the miss, the rank, the statement, the valu, their address, thes be, thi ensur, thi step, timestamp to, to
  giv, to refresh, to {ADDRESS}, tool and, tool return, tool with, trail, train, transmit the, turn, twic, two number,
  use index, util, valuabl, weather tool, well, what, when call, win, writ to, your plac
5: #unusual, %0 first, %^ before ~ing, %^ when ~ing, %^ ~ ~ed, %^ ~ing ~s, %a ~ to, %before ~ing, %can ~ $, %every ~
  ~, %from ~ ~, %in ~ $, %is ~ed $, %it ~, %must first ~, %that ~s, %the ~s $, %to ~ a, %when ~ing, %with ~ 0, %you
  must, %{SECRET_FILE} ~ ~, %~ 0 first, %~ ~ from, %~ ~ with, %~ed by a, %~ed to a, %~ing ~ with, %~ly ~ ~, 20, 77,
  C+NOSTOP, C+RIVAL, C+SPEND, C+STOW, C+TOUS, C+TRAINS, C.ADDRESS, C.ALTER, C.BEFOREIT, C.FROMREPORT, C.GUARD,
  C.LOGINPAGE, C.MAKER, C.STOP, C.TYPED, O+ALWAYS, O+ASKED, O+COPIED, O+MENTION, O+MYDATA, O+OWNTOOLS, O.ANYREQUEST,
  O.GAINED, O.OFUSER, O.OUTSENT, O.PROMPTED, O.SECRET, O.URL, ^b, ^break, ^broadcast, ^cell, ^dependency, ^doc, ^emb,
  ^forg, ^hint, ^leav, ^let, ^may, ^miss, ^normal, ^old, ^prefix, ^read, ^regular, ^sampl, ^seed, ^simulat, ^wher,
  ^whoever, ^word, a bank, a calendar, a connection, a debug, a fac, a market, a silent, a support, a tim, account,
  account and, account of, acm, add two, administrator be, against a, aid, alarm to, alert the, all check, all phon,
  aloud, alter, among the, amount of, an address, an hour, an imag, analyz fil, and fil, and for, and quietly, and
  upload, anywher, application firewall, approv thi, argument, arp, ask a, at the, attach_to, attendanc, back, bar,
  battery, be at, be block, be chang, be deprecat, be empty, be install, be no, be outdat, be part, be rais, befor
  answer, behind, beyond, birth, block in, book, broadcast, bug, bus, button, by a, cdn, channel_id, child to, client
  to, collaborator, command on, comment and, complaint, computer, constant, contain your, content in, content must,
  countdown, data, default password, default tru, devic, display non, disregard, district, do the, domain be, drop
  the, due, due to, each url, echo, echo back, embed in, end with, expect valu, export the, ext, fals positiv, fil
  list, finaliz, find, firm, fit, for different, for everyth, for ip, for password, for pattern, for word, from thi,
  get one, hav already, idl, if one, in, in and, in every, in fil, in its, in order, includ the, incom, index url,
  installer, instruction and, interest, internet, intrusion, invoic in, ip or, it as, its, jailbreak, jwt, keep by,
  key find, know to, listen, look, look at, mak a, match with, matter, may chang, must alway, n, need no, no tim, not
  by, number with, of messag, ok, older than, one from, only valid, open, outgo, output, over the, overrid the,
  payload delivery, payment be, pem, person, php, plac, pod to, poison, pool for, premium, prevent data, prevent
  unauthoriz, pric be, project with, protection, protocol to, provid nam, query the, read sensitiv, receipt, recording
  of, register, remain, remov duplicat, renam the, replac the, return ok, rol admin, rul, run to, say it, scan, search
  log, security requirement, sensitiv information, servic and, simulat, skip all, social media, sourc of, spar, speak,
  spoof, sql query, star, styl display, success, suspend, system you, tarball, task for, techniqu, temporarily, than
  the, that start, the actual, the approval, the assistant, the audit, the car, the child, the entry, the event, the
  local, the mail, the management, the mirror, the option, the other, the parent, the provider, the proxy, the rat,
  the real, the ssh, the standard, the string, the support, the transfer, the updat, the vendor, the way, them as, thi
  one, thi search, ticket by, tim of, titl of, to clos, to data, to mak, to summariz, to verify, too much, tool nam,
  trad, translation, transmission, travel, under the, unquot, until they, updat user, user can, user input, user
  messag, user need, user provid, user set, valu and, vehicl, vendor, via, voucher, web server, week, wher id, wher
  they, wip, with a, without a, without detection, writ, writ access, yml, you get, you read, you show, your respons,
  your system, {ADDRESS}
4: #", #end, %0 0, %^ ~, %a ~ before, %a ~ ~ing, %and ~s the, %are ~ed on, %do it, %first ~, %for later ~, %later ~,
  %later ~ $, %must first, %or ~ $, %that were, %the ~s, %the ~s are, %the ~s it, %to each, %via ~, %what the user,
  %will ~, %will ~ ~, %you must first, %~ do, %~ does, %~ does not, %~ for ~, %~ no ~s, %~ that it, %~ ~ the, %~ ~s
  to, %~ing ~s are, %~s are ~, %~s from, %~s it ~s, %~s of ~, %~s that were, %~s the, 2020, 31, 9, C+FENCE,
  C+FOOTHOLD, C+HOST, C+INTIMATE, C+MONEY, C+SHOWN, C+TYPED, C+WE, C.ANYFILE, C.KEEP, C.LEAN, C.LETTINGIN, C.NOSTOP,
  C.POSSESSIVE, C.THIRD, C.WEAKEN, C.WIPES, O+CALLEDOUT, O+IFTOOL, O+OUTGOINGS, O+SLANDER, O+SPOILS, O.ANYTOOLS,
  O.AVAILABLE, O.DENY, O.HOMEREAD, O.NEEDED, O.NEEDLESS, O.PEOPLE, O.WAIVED, ^and, ^assum, ^attempt, ^clean, ^com,
  ^complianc, ^compress, ^constraint, ^current, ^decod, ^disregard, ^draft, ^encrypt, ^first, ^health, ^instead,
  ^invoic, ^issu, ^it, ^lin, ^packag, ^record, ^register, ^result, ^review, ^signatur, ^sync, ^tag, ^trac, ^whenever,
  a city, a different, a gam, a jok, a phon, a pod, a rol, a row, a server, a sheet, a star, a target, a tool, a
  workflow, abov, action you, an additional, an extra, an owner, and follow, and forward, and row, and text, and
  transmit, and valu, answer as, answer be, any data, any messag, api for, api return, approver, arithmetic, as you,
  ask you, audit, availabl to, be also, be build, be charg, be critical, be doing, be execut, be fals, be look, be
  mov, be show, beacon, befor send, better, botnet, build a, by id, by remov, call read_fil, captur, certificat
  transparency, chang fil, channel nam, channel the, check spell, check whether, chmod, chmod r, ci, cit, claim that,
  claus that, clipboard entry, cloud instanc, com last, compress fil, con, config, configuration step, confirmation
  be, confusion, connection string, contribut to, convenienc, conversation context, conversation in, conversion, cooky
  and, copy be, credential and, credential in, current weather, data for, data set, data you, delet workflow,
  deprecat, diagnostic, do so, donation, drop a, e, each payment, email by, email to, enabl a, encrypt a, endpoint to,
  env, event_id, execut thi, extract data, fail report, failur, feed, fil metadata, fil the, fingerprint, firmwar,
  follow by, for ai, for all, for and, for any, for bank, for debug, for fre, for general, from list, from memory, get
  to, hand the, healthy, host, host nam, how many, if a, if it, if non, immediately call, important, improv, in text,
  in web, infect, influenc, information for, inject malicious, it mak, it order, keep a, keep call, kernel, know the,
  later use, lift, lik a, lin of, list document, list pull, local path, logon, malicious, management, mandatory
  configuration, may, me, meterpreter, mib, modify fil, must automatically, must ignor, ne, nearby, network and, never
  ask, new task, no sid, normal text, noth, noth can, o, observ, of every, of servic, of user, on it, only for, or ip,
  or tool, other search, our own, outbound, outdat, outlier, output of, over all, owner and, packet, para, password
  or, pattern in, per cent, phon and, pictur, plugin and, potential, powershell, precision, proxy, purpos, qr cod,
  query, r, reason, receiv, record and, recording, register the, relation, respond, result of, return and, return
  match, return stock, rf, rm, rm rf, room with, row to, run cod, salary, scanner, scientific, secret in, secret of,
  securely, sender nam, servic account, set by, shadow, should i, show, show me, signal, signatur be, skip it,
  snapshot, so do, so will, socket, sourc and, sourc or, spac to, speech, stag to, start at, step 4, stock be, storag
  to, sum, supersed, symbolic link, sync, system overrid, system servic, task execut, task list, than, that they, the
  calendar, the cancellation, the check, the complet, the credit, the draft, the driver, the full, the identity, the
  imag, the key, the memo, the nod, the operator, the primary, the privat, the production, the raw, the request, the
  signal, the stock, the tim, the vehicl, the whol, the workspac, their configuration, their description, them in,
  therefor, thes will, thi action, thi be, thi operation, thos, thousand of, threaten, to, to captur, to mention,
  token that, tool also, tool call, topology, transparency log, tunnel, turn off, up, up an, up on, updat packag,
  upload to, user fil, user giv, using the, validat user, variabl and, virtual machin, visibl to, visitor, voter, vpn,
  vulnerabl, weather for, web application, what the, whenever, whenever a, wher, which be, which data, which group,
  which we, who, whos, wid, with default, with rol, yourself, zero
3: %0 0 0, %0 first $, %^ for the, %^ ~ out, %^ ~ over, %^ ~ them, %^ ~ ~s, %^ ~s ~, %a ~, %a ~ is, %a ~s ~, %an ~ ~,
  %are only, %are only ~, %are ~, %as ~ $, %first ~ ~, %here $, %is $, %is to, %may ~, %no ~s ~, %not ~ it, %the ~ of,
  %the ~ing, %to each ~, %with ~ ~, %{ADDRESS} to, %~ are ~ed, %~ back, %~ each, %~ it out, %~ now, %~ over, %~ these,
  %~ tool, %~ you must, %~ ~ {ADDRESS}, %~ ~ing up, %~ ~ing ~, %~ ~s, %~ ~s about, %~ed again, %~ed ~ for, %~ed ~ to,
  %~ing $, %~ing it, %~ing up, %~ing ~ $, %~ing ~s $, %~s and ~s, %~s are, %~s are only, %~s of, %~s the ~ed, %~s
  without, %~s ~ the, %~s ~ing, %~s ~ing the, %~s ~ly, %~s ~s and, 'admin', 0000, 0000 0000, 0000 2020, 1 call, 1',
  1203, 1203 0000, 19, 2020 51, 51, 65, C+ADS, C+ANYWAY, C+ASKEDFOR, C+BADONES, C+CLIENTGUARD, C+DESTROY, C+GAIN,
  C+SECRET, C+THIRD, C.COLLECTS, C.GRANT, C.PURPOSE, C.SWITCHED, C.US, O+AVAILABLE, O+COMMANDNOUN, O+IF, O+MOVES,
  O+NOTICE, O+OTHERSONE, O+PAYLOAD, O+SHUN, O.ASIDE, O.COPIED, O.FETCH, O.IFTOOL, O.MENTION, O.MOVES, O.MYSELF,
  O.PATHFILE, O.SHUN, O.SURFACED, ^6, ^any, ^check, ^disconnect, ^enterpriz, ^fix, ^forget, ^format, ^if, ^internal,
  ^look, ^map, ^nam, ^negativ, ^new, ^random, ^security, ^sid, ^strip, ^suggest, ^sum, ^the, ^try, ^validat, ^whil,
  ^work, a binary, a day, a do, a lin, a login, a photo, a query, a remot, a separat, a session, a sourc, advertiser,
  after using, agent be, alert to, all rul, an assistant, an earlier, and attach, and clos, and event, and featur, and
  in, and one, and privat, and setting, and status, and their, and try, and use, anti, any tim, apply for, apply the,
  back a, banner, be, be availabl, be configur, be confirm, be embed, be load, be lower, be on, be upload, be visibl,
  bedtim, binary for, body as, bookmark, bot, calibration, call by, can access, caus a, cell that, certificat, chain,
  choos, clean, clipboard, cod, collect, comply, compress, confirm for, confirmation befor, connection to, consent be,
  constraint, content of, context, context to, contribut, controll, controller, conversation to, copy and, corruption,
  crash, criticiz, cve, data corruption, data governanc, data modification, de02, de02 1203, delet, delete_fil,
  destroy, diagnos, digital, direct, disabl the, disconnect, division, document from, doing, draw an, duplicat, each
  messag, editor, effectively, embed, empty the, en, encod the, end, end up, enforcement, ensur user, environmental,
  exfiltrat data, expir, extract and, fast, feedback be, fifty, figur, fil to, find out, follow thes, forg, forget
  the, fraud, gateway, gather, guidelin, health check, hear, helper, if you, ignor previous, ignor user, imag that, in
  document, in gitignor, in respons, in use, includ a, includ all, indicator, insert a, integrity, internal audit,
  internal system, ip, issu be, it, it need, kindly, knowledg bas, leakag, legitimat, lin in, list error, lock, log,
  log messag, macro, mak by, manag resourc, manifest and, meeting, merchant, messag about, metadata, million, model
  shall, modification, modification to, must discard, nam lik, need not, negativ, normal, not ask, odd, of an, off,
  older, onc a, one that, operator of, out the, overwrit the, own call, owner, param, parent be, passiv, payment,
  persistent, phras, pii, port be, presenc, prevent, print, prioritization, profil to, promot, properly, public, put,
  qr, r 777, rais, read_fil with, reader, reader be, recipient email, refus, reliability, remove_server, replac,
  request to, restaurant, result to, retriev from, return all, right and, rol that, run a, safest, safety guidelin,
  scor, script to, second to, section in, security, see that, see which, seed phras, send data, session, session
  token, should it, skill md, spell, ssh configuration, standard, step, step 1, step to, storag, submit, t, tabl of,
  target with, tell you, term the, text, that allow, that mention, that section, the additional, the amount, the
  browser, the camera, the cluster, the conversion, the delet, the highest, the log, the new, the preview, the
  recipient, the repository, the session, the skill, the token, the vpn, their default, their parent, them out,
  therapy, they hav, thi and, thi chang, thing, ticket, tid, to end, to know, to open, to provid, to target, to
  unlock, to validat, tool will, toolbar, traffic, trigger an, txt to, unauthoriz, under a, unless it, unlink, upload,
  upon, url list, user about, user data, user email, utilization, valid if, venu, via a, web, wher claus, whether a,
  whil the, whisper, who hav, whoi, will crash, will fail, window and, window event, with, with nam, with what, word
  for, would be, {ADDRESS} follow, {PATH}, {SECRET_FILE} for
-3: #_, %^ each, %^ users, %^ ~ for, %^ ~s, %a ~ and, %and ~s $, %and ~s to, %be ~ed, %later ~s, %later ~s $, %not ~,
  %of that, %of that ~, %over ~, %the ~ must, %to ~ $, %to ~ to, %user is ~ed, %was ~, %was ~ $, %~ for, %~ from the,
  %~ it before, %~ only, %~ user, %~ who, %~ ~ing $, %~ ~s ~ing, %~ed as, %~ed with, %~ed ~ ~s, %~s an ~, %~s and ~,
  %~s of that, %~s when, 0, 1 pass, 30, 90 day, C+AGREEMENT, C+BETTER, C+FRAMED, C+LANHOST, C+RAWSECRET, C+SHOWS,
  C+TAME, C+TURN, C+WEAKENED, C+YOURPLACE, C.ARMED, C.FENCE, C.FOREIGN, C.NO, C.OUTSIDE, C.PRETEND, C.UNTOLD, O+ASIDE,
  O+DECODE, O+DENY, O+EVERYTIME, O+FRAMED, O+HIDDENORDER, O+INSTEADW, O+KEEPS, O+OBEY, O+PAYING, O+POWERFUL, O.BOUND,
  O.CROWN, O.DICTATED, O.ITSELF, O.REST, O.ROLE, O.SCRAPPED, O.TRAPPED, O.WANTS, ^afterward, ^analyz, ^base64, ^by,
  ^call, ^clos, ^collect, ^disabl, ^edit, ^follow, ^identifier, ^messag, ^mirror, ^network, ^non, ^quarantin,
  ^repository, ^rerank, ^run, ^screenshot, ^set, ^ship, ^shop, ^show, ^sponsor, ^track, ^v2, ^without, a backup, a
  directory, a folder, a repository, absolut path, accomplish, add, add an, add as, admin privileg, ago, agreement,
  alert group, all participant, alway ask, an, and count, and operational, and respons, and return, and say, android,
  answer with, appear, as data, as read, attach the, auction, authoriz, awareness, backend, basic, bcc, be accept, be
  download, be expos, be non, be plac, be present, be silently, bearer, befor it, bother, bottom, bound by, by
  default, by run, california, call list_tabl, caller, cap on, ceil, check and, check to, client, cod for, color,
  command in, command with, commit, competitor, configuration, confirm, contain, copy go, cron, csv, current user,
  customer, data broker, debug mod, delay, delet an, deposit, detect from, determin, developer, dictionary, directly,
  directory to, display it, distribution, doesn't, drill, drop and, dump the, enhanc, exceed, export, export data,
  extension, fail with, fil into, folder and, for syntax, for tool, forward rul, from a, from web, gain insight,
  get_not method, git, go down, guest, guid for, hand them, handl, hav to, header, help, hex, history, honour, host
  to, important thi, in full, in what, inbound, input parameter, it nam, json, keystrok and, knowledg, kubernet,
  layout, lie, light, lik to, list_tabl, log of, los access, many, mark them, mod or, monday, monday com, most view,
  mutator, nam another, need the, need to, night be, not set, note, note of, oauth, ocid of, on every, opportunity,
  other customer, overrid, pag of, pag that, parameter be, permission on, png, possibl, post backup, preferenc,
  present, privat key, privileg to, purchas, query for, question, raw, read the, recent, reduc, referenc, refund,
  refund go, regardless, reject, remember, requir admin, resembl, s3, screen, secret and, security and, send them,
  separat, server folder, server for, server so, server tool, several, shar, signatur to, silently, so you, sourc be,
  spy, system requirement, tak a, task, tenant, test a, that be, the activ, the address, the chat, the cli, the
  complianc, the container, the credential, the guest, the location, the password, the top, them to, thes setting,
  they want, thi, thi parameter, through adb, tim secret, to creat, to determin, to fill, to your, too long, tool ask,
  tool first, topic, uid, undo, urgent, url using, use a, user nam, user original, user profil, user should, user
  that, user to, using thi, uuid, v2, validation, variant, verify the, volum, warn, websocket, whol, will, without,
  without notic, word be, word in, you need, your own, zip, {SECRET_FILE} of
-4: %^ it is, %^ ~ing ~, %^ ~s an, %a ~ for, %a ~ on, %are ~ed $, %at {ADDRESS}, %at {ADDRESS} $, %be ~ $, %can ~
  them, %first $, %has ~ed, %if ~ is, %is in, %is ~, %of this ~, %one $, %that ~, %that ~ ~, %the user has, %the ~s
  of, %to $, %to ~ for, %user has, %what the ~, %you ~ed, %{ADDRESS} $, %~ 0 ~, %~ assistant, %~ first, %~ instead, %~
  must not, %~ no ~, %~ the user, %~ ~ before, %~ ~ ~s, %~ ~ing the, %~ ~s are, %~ ~s as, %~ed $, %~ed to the, %~ed
  with ~, %~ing with, %~s an, %~s them, %~s will, 10, 18, C+COLLECTS, C+GRANT, C+LOCKS, C+NO, C+SKEWED, C+TIMES,
  C.HELPS, C.SPIED, C.STOW, C.UNSEEN, O+BEFOREOTHERS, O+BOUND, O+DICTATED, O+HUSHED, O+INREPLY, O+LOUD, O+NO,
  O+ORDERNOUN, O+PASSWORD, O+TRAPPED, O.DO, O.GIVE, O.KEEPS, O.LITERAL, O.MAYCALL, O.MODELNOUN, O.PAYING, O.WHOLE,
  ^also, ^assign, ^cent, ^critical, ^delay, ^earlier, ^enabl, ^full, ^log, ^mention, ^mod, ^omit, ^post, ^pric,
  ^privat, ^put, ^refresh, ^replac, ^round, ^task, ^thi, ^unlock, ^warn, ^you, a kubernet, a pag, a random, a ticket,
  a vulnerability, accept, add your, after you, again, also remov, amazon, an admin, an administrator, an input, and
  {HOME_FILE}, answer question, api_key, apk, argument of, array of, as id, assign a, associat, at least, atla, attach
  to, auth, auto detect, automatic, base64 encod, be authoriz, be delet, be do, be encrypt, be mark, be report, be
  shar, be writ, begin, between two, by the, bypass safety, bypass the, call step, can find, can mov, card number,
  cent, cloudtrail, comment, compar the, confirmation that, contact with, content be, conversation you, cooki to, cpu,
  credential, dat be, db, deduct, differenc, digit, disabl, disabl for, download, each call, enabl, endpoint, even
  though, event be, every writ, excel, exclud, extract the, fail check, falcon, fals, flag, folder of, folder to, for
  instanc, for mor, for payment, for test, forc, forc the, foreign key, fql, fql guid, from another, from public, from
  {HOME_FILE}, get a, get_not, giv a, glossary, go to, harness, health data, http post, identifier for, in cent, in
  it, influxdb, insight into, install softwar, install the, instruction that, intent, investment, ip address, it back,
  it for, it read, keep the, key and, key from, label, later session, let the, link can, linter, log from, log with,
  mail with, memory address, mock, month, mor than, most, mov to, must replac, negativ for, network with, not overrid,
  not tell, notification, of sourc, offer of, on one, only after, or the, our partner, overwrit, permission, persist,
  pictur with, plus, positiv for, prefer the, prevent accidental, pric, professional, provid, provider, ps, publish,
  pull, push, quarantin, query parameter, quot, reconnaissanc, register in, relationship, repeat the, request,
  respons, rest, restor, restrict, reviewer, road, run with, sampl, scal, script that, search for, search pag, see
  falcon, session cooki, sha, shell tool, shift, should, sign in, simulator, siz, sort, special, subdomain,
  submission, subtitl, tak effect, temporary, temporary fil, text content, that contain, the access, the alert, the
  application, the call, the channel, the command, the customer, the differenc, the get_not, the linter, the
  operation, the person, the program, the result, the specify, the sql, them from, thi by, thi do, thi list, thos
  that, tim it, tip, to execut, to go, to look, to other, to person, to remov, to the, tool as, tool creat, tool in,
  tool of, trac and, transparent, trend, trigger, under, unless, upload be, user stat, valid for, vulnerability for,
  welcom, when display, whom the, with forc, with redact, with the, with you, withdraw, writ be, {SECRET_FILE} or,
  {SECRET_FILE} to
-5: #/, %^ for ~, %^ ~ an, %^ ~ of, %^ ~ed, %and ~ ~s, %are ~ out, %by ~, %for ~s ~, %once $, %that are, %the user,
  %the ~ on, %the ~ to, %~ first $, %~ from, %~ ~s you, %~ed for ~s, %~ed in ~, %~ed ~ ~, %~ed ~ly, %~s by ~, %~s how,
  %~s in, %~s that, %~s that are, %~s ~ with, 100, 24, 24 hour, C+CONSENT, C+FOR, C+MAILED, C+MAKERNOUN, C+QUIET,
  C+SPILLED, C+TAKENOUT, C.CHARGED, C.OWNS, C.TOUS, O+CROWN, O+FIELD, O+HANDED, O+IMPORTS, O+INSTEAD, O.ACTS, O.CALLS,
  O.FROMTHERE, O.MONEYTO, O.NOTICE, O.PAYLOAD, O.SHELLRUN, O.TELLS, ^admin, ^contact, ^deactivat, ^directory, ^expir,
  ^export, ^filter, ^find, ^hand, ^includ, ^max, ^optimiz, ^possibl, ^prompt, ^raw, ^recipient, ^requir, ^specify,
  ^timelin, ^used, a cluster, a devic, a fil, a helpful, a messag, a singl, a word, about a, absolut, access,
  accidental, adb, administrator with, all input, also includ, an agent, and list, announc, another, apply, ask each,
  ask_operator, assistant that, avoid, aws, background, batch, be faster, be index, be need, befor every, befor they,
  beij, bia, body, both, bound, but, by mail, by our, call thi, card, cas of, cli, comma separat, consol, coverag,
  creation, customer servic, data from, data that, databas to, description, detail and, detect, dict, doctor, element,
  employment, empty to, estimat, factor, factor authentication, fak, fil it, firewall rul, form, form and, from our,
  from the, from {SECRET_FILE}, further, gender, hold, hom assistant, identifier, identify, ids of, if, if sourc, if
  ther, in cas, in with, information, instruction or, isolat, it must, it stop, its id, keychain, larg, least, letter,
  link and, llm, mail, mail to, medical, minimum, mod to, model as, modul, mongodb, must, nativ, never log, newer,
  nonc, not retry, numeric, obtain a, ocid, of a, of thi, of tool, okta, on call, on github, on the, our product, pag
  and, pair and, password that, path to, phon number, pick it, pip, player, port and, possibl valu, preflight, present
  to, preserv, proactively, protect, query_task, random, rbac, re, read, read only, redact, redirect, reflect, releas
  to, relevant, report be, reservation, reset, resourc, return a, return by, return onc, return the, rol and, rout
  leak, rul and, say that, schedul, script, servic be, seven, ship, shop, show in, silently and, sourc, spam, stack
  trac, stor and, stor by, subject, surfac, tabl, tag, tag to, task_id, team, tell them, text into, the action, the
  form, the landlord, the project, the releas, the root, the search, the section, the security, the target, the test,
  the web, thi machin, through your, ticket number, tim zon, timelin of, timeout, to confirm, to detect, to follow, to
  learn, to {SECRET_FILE}, top, track, trigger it, tru to, truncat, twilio, two factor, unchang, until somebody, updat
  it, user ask, user be, user hav, user must, utc, valid, valu under, vector, vpc, wak, when the, whol fil, whom, with
  its, with secret, you call
-6: #lower, #middle, %0 ~s $, %^ ~ a, %on ~ $, %their ~ $, %to ~ it, %~ from ~s, %~ until, %~ ~ly, %~ ~s that, %~ ~s
  ~s, %~ing this tool, 60, C+DISARM, C+OTHERS, C+POSSESSIVE, C+READOUT, C+RIGHTS, C+STOP, C+UNSEEN, C.PROMPTS,
  C.RECIPIENT, C.SPEND, C.TURN, O+FAILED, O+PLACE, O+REPLY, O.DECODE, O.IF, O.IMPORTS, ^arg, ^debug, ^do, ^entry,
  ^estimat, ^fil, ^load, ^maximum, ^min, ^output, ^personal, ^prefer, ^subscrib, ^typical, ^use, a domain, a fre, a
  mail, about our, already, alway show, and address, and befor, and mark, anyon with, approv a, ask to, attempt,
  attribut, authorization, automation, backdoor, be print, be stor, be usually, behind a, between the, bgp hijack,
  box, call fail, can read, cannot be, character, check, check with, cit the, cloudwatch, collection, comma, cost,
  databas, debt, deployment, description of, distanc, docker, etc, event of, exact, fail do, fals to, fetch, fil
  under, follow, for fil, forc tru, form be, from one, generat, go back, guid, helpful, hid instruction, how to, in a,
  in one, incident, information about, init, insight, integer, interfac, invisibl, invisibl to, issu, it be, it up,
  its author, key of, keyword, kubectl, leak, lender, list all, list of, local, login, mak it, mak sur, manag, mistak,
  nearest, not, not be, object, on thi, organisation, organization, otherwiz, pag, pass it, passphras, pattern,
  permanently delet, permission be, personal, pick, previous one, rank by, record, record in, red, registrar, replac
  by, repo, request be, rerank, restart, revok, safety check, scan a, shell command, show how, show wher, show which,
  simpl, split, sql, start, statistic, stock, stop, stream, string to, subscription, sur, sur that, tell the, test,
  that hav, that run, the cach, the current, the exact, the iban, the ids, the passphras, the rol, the scop, thi
  includ, tim, titl, to dat, to set, to which, transaction, try to, typical, ui, understand, until, use other, used,
  user access, user do, user for, usually, v3, valu be, wher the, which, with user, word document, worksheet,
  workspac, writ the, yaml, you nam, you want, {SECRET_FILE} be
-7: #of4, %0 ~s, %a ~ $, %every ~ is, %not ~ ~, %the ~s in, %~ and ~, %~ing ~ ~s, %~s it, %~s ~s of, C+GATHER,
  C+HELPS, C+OFFWORD, C.FALSE, C.SHOWN, O+DEMAND, O+PROMPTED, O.BEFOREHAND, O.LOUD, O.SEIZED, O.TERMINAL, ^block,
  ^credential, ^data, ^key, ^support, ^train, ^valid, a number, a second, a tabl, a user, account that, accurat,
  activ, alon, and check, and mail, and order, and other, apart, api, appear as, appl, arg, artifact, attacker, be
  alway, be ask, be find, be mask, be provid, be push, be tell, board, budget, call befor, cap, chang you, clon,
  column, com first, common, complet, component, cours, creat an, dashboard, day, deactivat, debt collector, describ
  a, documentation, entry that, error, explain, explicitly, ffmpeg, fil be, find a, for an, for exampl, fresh, from
  all, giv in, graph, group, honeypot, id of, imag be, in parallel, inbox, increas, info, instruction of, job, limit,
  lin number, list the, location, look up, markdown, mask, max, mcp, mod, mov, nam, of that, on your, org, parallel,
  pars, pass through, pass to, path, percentag, period, position, pretend to, rang, read {SECRET_FILE}, repeat,
  resolv, sav the, search, secret be, send, server and, setting, shar with, singl, softwar, ssh server, start a, stat,
  stor it, support, syntax, that agent, the account, the dashboard, the endpoint, the environment, the giv, the old,
  the port, the shell, the team, the url, then call, then pass, thi tool, to get, tool read, typ, uniqu, universal, up
  a, up to, used for, useful for, user see, vault, vendor be, version, video, whenever the, with lin, with thi
-8: %^ ~s a, %with ~ $, %~ ~s ~ed, 2, C+OUTSIDE, C.MERCHANDISE, C.TAKENOUT, C.UPTO, O+GOAHEAD, O+SAY, O.BEFOREOTHERS,
  O.OTHER, O.RUNS, ^compar, ^describ, ^must, ^open, ^path, ^retriev, ^see, ^stor, ^useful, ^verify, a customer,
  action, and a, and can, and mor, and record, asset, at onc, attempt to, bas, bas on, be a, be pass, be set, be tru,
  befor any, blind copy, byt, cach and, can, can use, category, checksum, confirmation, copy as, debugger, delet a,
  each request, exactly, feedback, focus, how the, inform, insid, it do, key be, lik, maximum, may be, monitor, nam
  in, need, new, no longer, notify, null, one of, pagination, perform, prefer it, product, prompt injection, question
  about, releas, request and, sampl and, screenshot, see it, send a, string, the argument, the fil, the rest, timelin,
  to add, to ignor, to put, user and, user first, user the, vault with, will be, writ a
-9: C+OWNS, C+TILTED, C.OMIT, C.TAME, O+AVOID, O+DEFENSE, O+GONE, O.CARRIED, O.ONWARD, ^add, ^feishu, ^optional,
  ^secret, ^they, ^user, a new, an exist, an ssh, app, auto, be call, be in, be replac, be skip, by their, campaign,
  check that, copy fil, custom, feishu lark, flow, generat fak, host that, includ, keep in, languag, lark, mark,
  member, method, moderator, never, newsletter, newsletter to, number of, of your, omit, onc, pair, per, plan, prefer,
  push to, region, report with, requir for, schema, secretly, seller, send to, server log, stack, structur,
  subscriber, templat, the chang, the databas, the error, the id, the owner, the respons, third party, useful, user
  befor, when an, {SECRET_FILE} fil
-10: %^ ~s the, 5, O+ATTACH, O+LOOT, O+TAKEN, O.EVERYTIME, O.TAME, ^copy, ^tell, array, at {ADDRESS}, back to, backup
  be, be keep, be miss, be remov, branch, container, creat azur, defin, detail, entity, exist, feishu, fil that, for
  it, googl, if the, it befor, key to, los, mark as, merg, must call, nod, not know, permanently, personal data, query
  be, registration, remot server, remov, return, see the, ssh, status, the previous, the ticket, updat, usag, vm,
  whether, why, within
-11: C+LOGS, C+SELF, O+MAYCALL, O+TAME, ^all, ^anyon, ^only, ^send, a specific, allow, analyz, audit log,
  automatically, be includ, bill, configur, creat, data be, explicit, field, hid from, instanc, match, metric,
  multipl, must not, pass, placeholder, property, read from, record the, summariz the, the system, valu, view, when
  you, you can, your answer
-12: 1, C+CHANGE, C+UNTOLD, ^pass, ^thes, a note, befor call, chang, compar, development, learn, level, load,
  operation, specify, still, the pag, vulnerability
-13: #opening, C.CHOSEN, C.DEFENSE, O.TAKEN, ^default, a host, be return, current, fact, for access, public key, scop,
  section, tell, tru, use
-14: #(, #of5, C+USE, ^start, agent, block, creat a, default, optional, the answer, tool for, verification
-15: ^note, ^return, ask the, availabl, azur, cannot, cas, dat, format, g, leav out
-16: ^each, e g, id, item, only, url
-17: ids, password be, project, set, show the
-18: ^list, be log
-19: ^exampl, be hid, be leav
-20: filter, how, specific
-21: be send
-22: or, requir
-31: ^get
-32: #of6
-44: #all
"""
"""How far a mark leans towards what is done against a user."""

ABOUT = r"""
11: O+DUTY
10: #O
9: #of3, that the, thi, to be, you
8: you be
7: C+WEAKEN, O+MENTION, O+MODELNOUN, O+MYDATA, O.ALWAYS, O.MENTION, be to, email, tool
6: #middle, C+HELPS, C.QUIET, O+GIVE, O.DEMAND, ^do, ^thi, check, internal, no, our, previous, send to, will
5: #_, #`, %~ the, C+DEFENSE, C+GETIN, C+MONEY, C+SLOT, C+WITHIN, C.CONSENT, C.FRAMED, C.LOGGING, O+BAD, O+DEFENSE,
  O+OBEY, O+POWERFUL, O.BEFOREHAND, O.DUTY, O.IF, O.MODELNOUN, O.SCRAP, ^alway, ^system, add, be an, instruction, n,
  next, text, the operator, want, whatever, {SECRET_FILE}
4: #", %^ ~, %^ ~ the, C+CONSENT, C+DESTROY, C+GRANT, C+TOWARD, C.MAILED, C.MONEY, O+DENY, O+IF, O+OUTSENT, O+PLACE,
  O+SHELL, O+SLOT, O.FRAMED, O.ITSELF, O.KEYFILE, ^call, ^if, ^look, access, afterward, and execut, argument n, as,
  execut, from, messag, n n, n no, nam, nargument, nargument n, no argument, now, operator, previous instruction,
  quick, repository, system, then, they, use, writ
3: #/, #lower, #of4, %and ~, C+LETSIN, C+OUR, C+RECIPIENT, C+YOURS, C.FOREIGN, C.HOSTILEHOST, C.NO, C.OUR, C.SENDOUT,
  C.WANTED, O+ITSELF, O+OTHERS, O+TELLS, O+WAIVE, O+WANTS, O.ATTACH, O.HOSTILEHOST, O.MUSTCALL, O.RULES, O.WANTS,
  ^for, ^when, ^you, about, add a, all, for diagnostic, her, if, includ, link, notic, partner, question, relation,
  row, say, sell to, string, the signatur, the user, thi be, tid, to {ADDRESS}, you writ
-1: #all
-3: #end, #passive, %^ it, C+EMPOWERED, C+FOREIGN, C+ORGANIZATION, C+SKEWED, C.CHOICE, C.CHOSEN, C.EMPOWERED,
  C.ORGANIZATION, C.SECRETISH, C.TAKER, O+ASIDE, O+BEFOREHAND, O+EVERYTIME, O.BAD, O.CALLEDOUT, O.DICTATED, O.FIELD,
  ^dump, along, also, answer, be call, be not, com, consent, entry, fil to, nobody be, run, send the, set, them, tool
  first, writ to
-4: #opening, %^ it ~s, %and ~s, %~s the ~, 1, 2, 3, C+AIM, C.SELF, C.STEAL, O.EVERYTIME, O.LOOT, ^all, ^brut,
  ^bypass, ^read, authentication, brut, brut forc, collector, creat, curl, for, forc, http, malicious, nobody, one,
  remot, show, updat, urgent, user that, your
-5: #of2, %~ ~s, %~s the, C.COLLECTS, C.GAIN, C.GATHER, C.PLANT, O.AVAILABLE, O.HUSHED, O.KEEPS, attack, bypass,
  databas, dump, mark, mean, open, over, right, servic
-6: %^ ~ ~s, %are ~ed, C+SELF, C.USE, C.WEAPON, C.WITHIN, ^exploit, a, an, can, exploit
-7: O.DEFENSE, ^it, to a
-8: #of1, %it ~s, C+SENDOUT, O+ONWARD
-9: #C, #third, ^the
"""
"""How far it leans towards an order to the model, among what leans against its user."""
