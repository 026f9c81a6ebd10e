"""Words and patterns that guessers try first. A password built around one of them is refused."""

_WORDS = """
000000000000 111111111111 121212121212 123123123123 123456123456 123456789012 1234567890123 12345678901234
1234qwerasdf 1q2w3e4r5t6y 1qaz2wsx3edc 987654321098 abc123abc123 abcd1234abcd abcdefghijkl access admin administrator
administrator1 administrator123 alexander amanda america andreas andrew android angel anthony apple april arsenal
asdfasdfasdf asdfghjkl asdfghjkl123 ashley august autumn babygirl banana barcelona baseball basketball batman berlin
bienvenue brother butterfly changeme changeme1234 changeme12345 charlie cheese chelsea children chocolate company
computer contrasena cookie correcthorsebatterystaple corvette counterhand customer daniel david december default
deutschland dragon england facebook family father february ferrari ficken flower football forever fortnite freedom
friday fuckyou geheim germany ginger golfer google guest hallo hamburg harley heaven hello helpdesk hockey hunter
ihateyou1234 iloveyou iloveyouforever internet january jennifer jessica jesus joseph joshua kennwort letmein
letmeinplease liebe linux liverpool login london lookingforward lovely loveyouforever manchester march markus master
matrix matthew mausi maytheforcebewithyou mercedes michael microsoft minecraft monday monkey motdepasse mother munich
mustang mypassword newpassword newyork nicole nintendo nothing12345 november october office oldpassword orange paris
passw0rd password password1234 password12345 password123456 passwordpassword passwort pepper playstation pokemon
porsche princess purple qazwsxedcrfv qwerqwerqwer qwerty qwerty123456 qwerty1234567 qwertyuiop qwertyuiop12
qwertyuiop123 qwertz ranger richard robert root samsung saturday schatz sebastian secret september service shadow shop
signin sister soccer sommer sonne spring starwars stefan store summer sunday sunshine superman support temp1234
temporary tennis test testing thepassword thequickbrownfox thomas thursday trustno trustno1trustno1 tuesday
userpassword wednesday welcome welcome12345 welcome123456 whatever william willkommen windows winter yamaha yxcvbnm
zaq12wsxcde3 zxcvbnm
"""

COMMON_PASSWORDS = frozenset(_WORDS.split())
