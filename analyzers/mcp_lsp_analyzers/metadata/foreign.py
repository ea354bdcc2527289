"""Orders to a model in other languages: to forget its instructions, to keep something from the user, to give secrets,
to leave other tools alone.

A foreign text is no attack, so nothing is looked for but these four, each as a few words near each other. The
verbs stand in all forms an order takes; of the words after them the beginning is enough.
"""

from __future__ import annotations

import functools
import re

from ..record import NamedTuple
from .words import Said, around, vocabulary, words

_SAYS = {
    "override": "tells the model to drop its instructions",
    "secrecy": "asks the model to keep something from the user",
    "exfiltration": "orders the model to hand over private data",
    "shadowing": "steers the model away from other tools",
}
_REACH = 6
_NEAR = 60
"""Characters in which an order is given where no spaces part the words."""

# Language, kind: verbs / what has to stand near / and that / Chinese and Japanese write no spaces: there the parts are
# looked for in the text itself.
_SPACED = """
de override: vergiss vergessen ignoriere ignorier ignorieren missachte missachten übergehe verwirf / alle bisherig
  vorherig vorig früher obig deine / anweisung instruktion regel vorgabe richtlinie befehl
de secrecy: sag sage sagen erwähne erwähnen verrate verraten informiere informieren erzähle erzähl teile verschweige
  verschweigen verheimliche / nutzer benutzer anwender user kunde / nicht nie niemals nichts kein verschweig
  verheimlich
de secrecy: ohne / nutzer benutzer anwender kunde / informieren wissen fragen benachrichtigen sagen erwähnen
de secrecy: wissen erfahren merken bemerken mitbekommen / nutzer benutzer anwender kunde / nicht nichts nie
de shadowing: benutze benutz verwende nutze rufe benutzen verwenden nutzen aufrufen / ander / werkzeug tool funktion
  dienst server / nicht nie niemals kein
de shadowing: bevorzuge bevorzugen bevorzugt vorrangig vorrang zuerst / werkzeug tool funktion / muss soll immer stets
  / verwende verwend benutz gewählt aufgerufen genutzt
de exfiltration: sende senden schick schicke schicken übergib übergebe übermittle lade lies gib / passwort
  passwör schlüssel zugangsdaten api .env {SECRET {HOME unterhaltung gespräch verlauf token / an als in unser
fr override: ignore ignorez ignorer oublie oubliez oublier néglige négligez / toutes tout les tes vos / instruction
  consigne règle directive
fr secrecy: dis dites dire parle parlez parlez informe n'informe informez n'informez mentionne mentionnez révèle
  révélez mentionner n'en préviens / utilisateur l'utilisateur usager l'usager client / ne n' jamais pas rien n'en
  n'informe n'informez
fr secrecy: sans / utilisateur l'utilisateur usager personne / informer dire prévenir demander savoir parler signaler
  mentionner avertir
fr shadowing: utilise utilisez utiliser utilises appelle appelez appeler n'utilise n'utilisez
  n'appelle n'appelez / autre d'autre
  / outil service serveur fonction / ne n' jamais pas aucun n'utilise n'appelle
fr shadowing: sélectionné choisi utilisé appelé privilégié préféré invoqué / priorité prioritaire prioritairement
  systématiquement premier / outil fonction / doit devez toujours
fr exfiltration: envoie envoyez envoyer transmets transmettez communique copie copiez lis lisez donne donnez / mot clé
  clef identifiant jeton .env {SECRET {HOME conversation historique / à vers dans notre serveur
es override: ignora ignore ignorad olvida olvide olvidad descarta omite / todas las tus sus los / instruccion orden
  regla directri
es secrecy: digas diga dile decirlo decírselo menciones mencione mencionar mencionarlo informes informe cuentes
  contarlo contárselo comentes comentarlo comentárselo reveles revelar avises / usuario cliente / no nunca
  jamás sin
es secrecy: sin / usuario cliente / informar decir avisar preguntar saber que
es shadowing: uses use usar utilices utilice utilizar llames llame llamar / otra otro / herramienta servidor servicio
  función funcion / no nunca jamás
es shadowing: usarse utilizarse seleccionarse elegirse invocarse llamarse preferirse / prioridad prioritari primero
  siempre / herramienta función funcion / debe tiene
es exfiltration: envía envia envíe envie manda mande transmite copia sube lee entrega / contraseña clave credencial
  token .env {SECRET {HOME historial conversación / a al en nuestro
it override: ignora ignorate ignori dimentica dimenticate tralascia / tutte le tue vostre / istruzion regol direttiv
  indicazion
it secrecy: dire dirlo dica informare informi menzionare menzionarlo menziona rivelare rivelarlo riveli avvisare /
  utente all'utente l'utente cliente / non mai senza
it secrecy: senza / utente all'utente l'utente / informare dire avvisare chiedere
it shadowing: usare usi usate utilizzare utilizzi chiamare / altr / strument server servizi funzion / non mai
it exfiltration: invia inviate manda trasmetti copia carica leggi consegna / password chiav credenzial token .env
  {SECRET {HOME conversazion cronologia / a al nel nostro
pt override: ignore ignora ignorem esqueça esquece esqueçam desconsidere / todas todos tuas suas anteriores /
  instruç instruc
  regra diretri ordem ordens
pt secrecy: diga digas conte informe informes mencione mencionar revele avise / usuário utilizador cliente / não
  nunca jamais sem
pt secrecy: sem / usuário utilizador / informar dizer avisar perguntar saber
pt shadowing: use usar utilize utilizar chame chamar / outr / ferramenta servidor serviço função / não nunca jamais
pt exfiltration: envie envia mande transmita copie carregue leia entregue / senha chave credencia token .env {SECRET
  {HOME histórico conversa / para ao no nosso
nl override: negeer vergeet negeren / alle eerdere vorige je uw / instructie regel opdracht aanwijzing
nl secrecy: vertel zeg informeer vermeld meld / gebruiker klant / niet nooit niets zonder
nl secrecy: zonder / gebruiker klant / informeren vertellen weten vragen
nl shadowing: gebruik gebruiken roep aanroepen / andere / tool gereedschap hulpmiddel server functie / niet nooit geen
nl exfiltration: stuur verstuur zend geef kopieer upload lees / wachtwoord sleutel inloggegeven token .env {SECRET {HOME
  gesprek geschiedenis / naar aan in onze
pl override: zignoruj ignoruj zapomnij pomiń / wszystkie poprzedni wcześniej swoje / instrukcj polece zasad reguł
pl secrecy: mów powiedz informuj wspominaj ujawniaj / użytkownik / nie nigdy nic bez
pl shadowing: używaj użyj wywołuj korzystaj / inn / narzędzi serwer funkcj / nie nigdy
pl exfiltration: wyślij prześlij przekaż skopiuj odczytaj / hasł klucz token .env {SECRET {HOME rozmow histori / do na w
ru override: игнорируй игнорируйте забудь забудьте отбрось / все всё предыдущ прежн свои / инструкц указан правил
  команд
ru secrecy: говори говорите сообщай сообщайте упоминай упоминайте рассказывай раскрывай / пользовател клиент / не
  никогда ничего
ru shadowing: используй используйте вызывай вызывайте применяй / друг / инструмент сервер функци / не никогда
ru exfiltration: отправь отправьте перешли перешлите передай передайте скопируй прочитай пришли / парол ключ токен
  .env {SECRET {HOME переписк истори содержим / на в по
uk override: ігноруй ігноруйте забудь забудьте / усі всі попередн свої / інструкц вказівк правил
uk secrecy: кажи кажіть повідомляй згадуй розповідай / користувач клієнт / не ніколи нічого
uk exfiltration: надішли надішліть відправ передай скопіюй прочитай / парол ключ токен .env {SECRET {HOME розмов
  істор / на в до
tr override: unut unutun yoksay görmezden / önceki tüm bütün / talimat kural yönerge
tr secrecy: söyleme söylemeyin bahsetme bahsetmeyin bildirme / kullanıcı müşteri / kullanıcı müşteri
da override: ignorer glem glemme tilsidesæt / alle tidligere ovenstående dine / instruktion instruks regler anvisning
da secrecy: fortæl sig nævn informer oplys / bruger kunde / ikke aldrig intet uden
sv override: ignorera glöm bortse / alla tidigare dina / instruktion regler anvisning
sv secrecy: berätta säg nämn informera / användar kund / inte aldrig inget utan
"""
_UNSPACED = """
override: 忽略 无视 無視 忘记 忘記 / 之前 以前 先前 所有 上述 すべて 全て これまで / 指示 指令 说明 說明 规则 規則 命令
secrecy: 不要 不得 切勿 别 勿 / 告诉 告訴 告知 提及 透露 通知 / 用户 用戶 使用者
secrecy: 사용자 / 알려주지 밝히지 드러내지 보여주지 알려서는 / 마 않 안
secrecy: ユーザー 利用者 / 言わない 伝えない 知らせない 教えない 話さない 通知しない / ユーザー 利用者
exfiltration: 发送 發送 上传 上傳 提交 送信 転送 传给 / 密码 密碼 密钥 密鑰 私钥 凭证 凭据 令牌 パスワード 秘密鍵
  apiキー トークン .env / 一并 同时 必须 请先 务必 附上 到我 给我 服务器 必ず / 发送 發送 上传 上傳 提交 送信 転送 传给
shadowing: 不要 不得 切勿 禁止 / 使用 调用 調用 / 其他 其它 / 工具 服务器 伺服器
shadowing: 他の / ツール / 使わない 使用しない 呼び出さない
shadowing: 도구 工具 ツール 函数 / 반드시 必须 必須 务必 務必 必ず / @ / 전송 보내 发送 發送 送信 转发 轉發 抄送
override: 이전 모든 / 지시 명령 지침 규칙 / 무시 잊어
secrecy: 사용자 / 말하지 알리지 언급하지 / 말하지 알리지 언급하지
exfiltration: 完整 全部 整个 所有 すべて 全て / 对话 對話 会話 聊天 / 发送 發送 上传 上傳 提交 送信 転送 传给
exfiltration: .ssh .aws .env id_rsa .cursor .kube /
  읽고 읽어 읽은 读取 讀取 読み取 読んで / 전달 보내 传递 傳遞 传入 放入 填入 渡し 入れ
exfiltration: 비밀번호 키를 토큰 대화 / 보내 전송 업로드 / 보내 전송 업로드
"""


class _Order(NamedTuple):
    kind: str
    verbs: frozenset[str]
    near: tuple[tuple[str, ...], ...]


def foreign(value: str) -> tuple[tuple[str, Said], ...]:
    """The orders of a text with their kind: ``override``, ``secrecy``, ``exfiltration``."""
    if value.isascii() and _verbs().isdisjoint(vocabulary(value)):
        return ()
    return _found(value)


@functools.lru_cache(maxsize=64)
def _found(value: str) -> tuple[tuple[str, Said], ...]:
    text = words(value)
    found: list[tuple[str, Said]] = []
    for order in _spaced():
        for i, word in enumerate(text.words):
            if word not in order.verbs:
                continue
            after = _REACH if order.kind == "shadowing" else 2 * _REACH  # "use another tool if it is not …"
            near = [
                n
                for n in range(max(i - _REACH, 0), min(i + after, len(text.words)))
                if text.sentence[n] == text.sentence[i] and n != i
            ]
            # "verschweige" says "not" itself
            have = [[n for n in (*near, i) if _begins(text.words[n], group)] for group in order.near]
            if all(have):
                places = [i, *(min(group, key=lambda n: n == i) for group in have)]
                first, last = min(places), max(places)
                sentence = around(value, text, first, last)
                found.append((order.kind, Said(_SAYS[order.kind], text.starts[first], text.ends[last], sentence)))
                break
    if not value.isascii():
        found += _without_spaces(value)
    return tuple(found)


def _begins(word: str, group: tuple[str, ...]) -> bool:
    """Whether a word is one of a group's, whose longer ones stand for all their endings: "an" is not "and"."""
    return word.startswith(tuple(part for part in group if len(part) > 2)) or word in group


def _without_spaces(value: str) -> list[tuple[str, Said]]:
    found, low = [], value.lower()
    for order in _unspaced():
        groups = (order.verbs, *order.near)
        places = [[m.span() for part in group for m in re.finditer(re.escape(part), low)] for group in groups]
        for first in sorted(places[0]) if all(places) else ():
            near = [first, *(min(group, key=lambda span: abs(span[0] - first[0])) for group in places[1:])]
            start, end = min(span[0] for span in near), max(span[1] for span in near)
            if end - start < _NEAR:
                found.append((order.kind, Said(_SAYS[order.kind], start, end, (start, end))))
                break
    return found


@functools.cache
def _spaced() -> tuple[_Order, ...]:
    return tuple(_orders(_SPACED))


@functools.cache
def _unspaced() -> tuple[_Order, ...]:
    return tuple(_orders(_UNSPACED))


@functools.cache
def _verbs() -> frozenset[str]:
    return frozenset(verb for order in _spaced() for verb in order.verbs if verb.isascii())


def _orders(block: str) -> list[_Order]:
    found = []
    for line in block.strip().replace("\n  ", " ").split("\n"):
        head, _, parts = line.partition(": ")
        verbs, *near = (tuple(part.split()) for part in parts.split(" / "))
        found.append(_Order(head.split()[-1], frozenset(verbs), tuple(near)))
    return found
