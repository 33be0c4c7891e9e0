<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>Events</name>
    <message>
        <source>words of an opt-out</source>
        <translation>palavras de descadastro</translation>
    </message>
    <message>
        <source>when the window locks itself</source>
        <translation>quando a janela se bloqueia</translation>
    </message>
    <message>
        <source>webhooks of the gateways</source>
        <translation>webhooks dos gateways</translation>
    </message>
    <message>
        <source>version of Meta's API</source>
        <translation>versão da API da Meta</translation>
    </message>
    <message>
        <source>time to take a start back</source>
        <translation>tempo para desfazer um início</translation>
    </message>
    <message>
        <source>texts of messages in the log</source>
        <translation>textos das mensagens no registro</translation>
    </message>
    <message>
        <source>send only with a recorded consent</source>
        <translation>enviar só com consentimento registrado</translation>
    </message>
    <message>
        <source>reports into a folder</source>
        <translation>relatórios em uma pasta</translation>
    </message>
    <message>
        <source>practice</source>
        <translation>treino</translation>
    </message>
    <message>
        <source>leave out who is not on WhatsApp</source>
        <translation>deixar de fora quem não está no WhatsApp</translation>
    </message>
    <message>
        <source>how long the log is kept</source>
        <translation>por quanto tempo o registro é guardado</translation>
    </message>
    <message>
        <source>help with writing (AI)</source>
        <translation>ajuda para escrever (IA)</translation>
    </message>
    <message>
        <source>confirmation of an opt-out</source>
        <translation>confirmação de descadastro</translation>
    </message>
    <message>
        <source>budget and prices</source>
        <translation>orçamento e preços</translation>
    </message>
    <message>
        <source>backups by themselves</source>
        <translation>backups automáticos</translation>
    </message>
    <message>
        <source>API for other programs</source>
        <translation>API para outros programas</translation>
    </message>
    <message>
        <source>passphrase of the keys</source>
        <translation>frase secreta das chaves</translation>
    </message>
    <message>
        <source>{name} made at its gateway</source>
        <translation>{name} criado no gateway</translation>
    </message>
    <message>
        <source>{instance} logged out at its gateway</source>
        <translation>{instance} desconectado no gateway</translation>
    </message>
    <message>
        <source>The gateway of {instance} was told where to post</source>
        <translation>O gateway de {instance} foi avisado para onde enviar</translation>
    </message>
    <message>
        <source>The gateway of {instance} was told to post no more</source>
        <translation>O gateway de {instance} foi avisado para não enviar mais</translation>
    </message>
    <message>
        <source>Pairing code asked for {instance}</source>
        <translation>Código de pareamento pedido para {instance}</translation>
    </message>
    <message>
        <source>Everything about one person exported</source>
        <translation>Tudo sobre uma pessoa foi exportado</translation>
    </message>
    <message>
        <source>Contacts exported: {people}</source>
        <translation>Contatos exportados: {people}</translation>
    </message>
    <message>
        <source>Connection of {instance} restarted at its gateway</source>
        <translation>Conexão de {instance} reiniciada no gateway</translation>
    </message>
    <message>
        <source>Backup made</source>
        <translation>Backup feito</translation>
    </message>
    <message>
        <source>{name} may sign in</source>
        <translation>{name} pode entrar</translation>
    </message>
    <message>
        <source>{name} may not sign in any more</source>
        <translation>{name} não pode mais entrar</translation>
    </message>
    <message>
        <source>{name} has another role</source>
        <translation>{name} mudou de papel</translation>
    </message>
    <message>
        <source>Workspace {name} created</source>
        <translation>Espaço de trabalho {name} criado</translation>
    </message>
    <message>
        <source>Workspace renamed to {name}</source>
        <translation>Espaço de trabalho renomeado para {name}</translation>
    </message>
    <message>
        <source>Operator {name} removed</source>
        <translation>Operador {name} removido</translation>
    </message>
    <message>
        <source>Operator {name} added</source>
        <translation>Operador {name} adicionado</translation>
    </message>
    <message>
        <source>New password for {name}</source>
        <translation>Nova senha para {name}</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Entrada na conta</translation>
    </message>
    <message>
        <source>Sign-in refused</source>
        <translation>Entrada recusada</translation>
    </message>
    <message>
        <source>Operators changed</source>
        <translation>Operadores alterados</translation>
    </message>
    <message>
        <source>{name} signed in</source>
        <translation>{name} entrou</translation>
    </message>
    <message>
        <source>Wrong password for {name}</source>
        <translation>Senha errada de {name}</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>They need their passphrase (CADENCIA_PASSPHRASE). If it is lost, add the numbers again.</source>
        <translation>Elas precisam da frase secreta (CADENCIA_PASSPHRASE). Se ela se perdeu, adicione os números de novo.</translation>
    </message>
    <message>
        <source>This installation has no driver for that kind of database.</source>
        <translation>Esta instalação não tem driver para esse tipo de banco de dados.</translation>
    </message>
    <message>
        <source>Start it without --database: the file in the data folder is used.</source>
        <translation>Inicie sem --database: o arquivo da pasta de dados é usado.</translation>
    </message>
    <message>
        <source>Ask an admin.</source>
        <translation>Peça a um administrador.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Escolha outro nome.</translation>
    </message>
    <message>
        <source>Your role does not allow this.</source>
        <translation>Seu perfil não permite isso.</translation>
    </message>
    <message>
        <source>Ask an admin to do it, or to give you another role.</source>
        <translation>Peça a um administrador que faça isso ou mude o seu perfil.</translation>
    </message>
    <message>
        <source>This workspace asks who you are.</source>
        <translation>Este espaço de trabalho pergunta quem você é.</translation>
    </message>
    <message>
        <source>Sign in with your name and password.</source>
        <translation>Entre com seu nome e sua senha.</translation>
    </message>
    <message>
        <source>Name or password is wrong.</source>
        <translation>Nome ou senha incorretos.</translation>
    </message>
    <message>
        <source>After five wrong passwords you have to wait.</source>
        <translation>Depois de cinco senhas erradas é preciso esperar.</translation>
    </message>
    <message>
        <source>Too many wrong passwords.</source>
        <translation>Senhas erradas demais.</translation>
    </message>
    <message>
        <source>Wait a little, or let an admin give you a new password.</source>
        <translation>Espere um pouco ou peça uma senha nova a um administrador.</translation>
    </message>
    <message>
        <source>This operator may not sign in any more.</source>
        <translation>Este operador não pode mais entrar.</translation>
    </message>
    <message>
        <source>There is an operator of this name already.</source>
        <translation>Já existe um operador com esse nome.</translation>
    </message>
    <message>
        <source>This operator is not there any more.</source>
        <translation>Este operador não existe mais.</translation>
    </message>
    <message>
        <source>The first operator has to be an admin.</source>
        <translation>O primeiro operador precisa ser administrador.</translation>
    </message>
    <message>
        <source>Somebody must be able to add the others.</source>
        <translation>Alguém precisa poder adicionar os outros.</translation>
    </message>
    <message>
        <source>This is the last admin.</source>
        <translation>Este é o último administrador.</translation>
    </message>
    <message>
        <source>Make somebody else an admin first: one has to stay.</source>
        <translation>Torne outra pessoa administradora antes: sempre precisa haver uma.</translation>
    </message>
    <message>
        <source>That cannot be the name of an operator.</source>
        <translation>Esse não pode ser o nome de um operador.</translation>
    </message>
    <message>
        <source>Use up to 80 characters; “api” is how other programs are called.</source>
        <translation>Use até 80 caracteres; “api” é o nome dos outros programas.</translation>
    </message>
    <message>
        <source>A password has at least 8 characters.</source>
        <translation>A senha precisa ter pelo menos 8 caracteres.</translation>
    </message>
    <message>
        <source>Some words that only you would put together are easy to remember and hard to guess.</source>
        <translation>Algumas palavras que só você juntaria são fáceis de lembrar e difíceis de adivinhar.</translation>
    </message>
    <message>
        <source>This password is too long.</source>
        <translation>Esta senha é longa demais.</translation>
    </message>
    <message>
        <source>The two passwords differ.</source>
        <translation>As duas senhas são diferentes.</translation>
    </message>
    <message>
        <source>Type the same one twice.</source>
        <translation>Digite a mesma duas vezes.</translation>
    </message>
    <message>
        <source>There is no new password.</source>
        <translation>Falta a senha nova.</translation>
    </message>
    <message>
        <source>There is no workspace of this name.</source>
        <translation>Não existe um espaço de trabalho com esse nome.</translation>
    </message>
    <message>
        <source>There is a workspace of this name already.</source>
        <translation>Já existe um espaço de trabalho com esse nome.</translation>
    </message>
    <message>
        <source>That cannot be the name of a workspace.</source>
        <translation>Esse não pode ser o nome de um espaço de trabalho.</translation>
    </message>
    <message>
        <source>Use up to 80 characters.</source>
        <translation>Use até 80 caracteres.</translation>
    </message>
    <message>
        <source>Admin</source>
        <translation>Administrador</translation>
    </message>
    <message>
        <source>May everything, operators and numbers as well.</source>
        <translation>Pode tudo, inclusive operadores e números.</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agente</translation>
    </message>
    <message>
        <source>Writes, starts, pauses and schedules campaigns, and imports contacts.</source>
        <translation>Escreve, inicia, pausa e agenda campanhas e importa contatos.</translation>
    </message>
    <message>
        <source>Viewer</source>
        <translation>Leitor</translation>
    </message>
    <message>
        <source>Sees everything and changes nothing.</source>
        <translation>Vê tudo e não altera nada.</translation>
    </message>
</context>
<context>
    <name>Cover</name>
    <message>
        <source>Another workspace</source>
        <translation>Outro espaço de trabalho</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Entrar</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nome</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Senha</translation>
    </message>
    <message>
        <source>Forgotten? An admin can give you a new password. Sending goes on meanwhile.</source>
        <translation>Esqueceu? Um administrador pode lhe dar uma senha nova. O envio continua enquanto isso.</translation>
    </message>
</context>
<context>
    <name>PasswordDialog</name>
    <message>
        <source>Present password</source>
        <translation>Senha atual</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>Senha nova</translation>
    </message>
    <message>
        <source>At least {n} characters; a few words are best.</source>
        <translation>Pelo menos {n} caracteres; o melhor são algumas palavras.</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>Mais uma vez</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Salvar</translation>
    </message>
</context>
<context>
    <name>Navigation</name>
    <message>
        <source>Signed in: {name}, {role}</source>
        <translation>Conectado: {name}, {role}</translation>
    </message>
    <message>
        <source>Change password…</source>
        <translation>Mudar a frase secreta…</translation>
    </message>
    <message>
        <source>Lock the window</source>
        <translation>Bloquear a janela</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Sair</translation>
    </message>
</context>
<context>
    <name>Doorkeeper</name>
    <message>
        <source>Your role ({role}) does not allow this. Ask an admin.</source>
        <translation>Seu perfil ({role}) não permite isso. Peça a um administrador.</translation>
    </message>
    <message>
        <source>Locked because nobody has touched the window for a while.</source>
        <translation>Bloqueada porque ninguém usou a janela por um tempo.</translation>
    </message>
    <message>
        <source>Change your password</source>
        <translation>Mudar a sua senha</translation>
    </message>
    <message>
        <source>Your password has been changed.</source>
        <translation>Sua senha foi alterada.</translation>
    </message>
</context>
<context>
    <name>AccessViewModel</name>
    <message>
        <source>Wrong passwords: locked until {time}</source>
        <translation>Senhas erradas: bloqueado até {time}</translation>
    </message>
    <message>
        <source>May not sign in</source>
        <translation>Não pode entrar</translation>
    </message>
</context>
<context>
    <name>NameDialog</name>
    <message>
        <source>Name</source>
        <translation>Nome</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
</context>
<context>
    <name>OperatorDialog</name>
    <message>
        <source>You are signed in with it at once. Keep the password well: without another admin nobody can give you a new one.</source>
        <translation>Você já entra com ele. Guarde bem a senha: sem outro administrador, ninguém pode lhe dar uma nova.</translation>
    </message>
    <message>
        <source>The first admin</source>
        <translation>O primeiro administrador</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Papel</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Senha</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>Mais uma vez</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nome</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>At least {n} characters; a few words are best.</source>
        <translation>No mínimo {n} caracteres; o melhor são algumas palavras.</translation>
    </message>
    <message>
        <source>Add operator</source>
        <translation>Adicionar operador</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Adicionar</translation>
    </message>
</context>
<context>
    <name>OperatorRowWidget</name>
    <message>
        <source>{name} (you)</source>
        <translation>{name} (você)</translation>
    </message>
    <message>
        <source>What can be done with {name}</source>
        <translation>O que pode ser feito com {name}</translation>
    </message>
    <message>
        <source>What can be done</source>
        <translation>O que pode ser feito</translation>
    </message>
    <message>
        <source>Unlock now</source>
        <translation>Desbloquear agora</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Remover…</translation>
    </message>
    <message>
        <source>New password…</source>
        <translation>Nova senha…</translation>
    </message>
    <message>
        <source>Let in again</source>
        <translation>Deixar entrar de novo</translation>
    </message>
    <message>
        <source>Keep out</source>
        <translation>Impedir de entrar</translation>
    </message>
</context>
<context>
    <name>OperatorsSection</name>
    <message>
        <source>{n} minutes</source>
        <translation>{n} minutos</translation>
    </message>
    <message>
        <source>They cannot sign in any more. What they did stays in the log under their name.</source>
        <translation>A pessoa não entra mais. O que ela fez continua no registro com o nome dela.</translation>
    </message>
    <message>
        <source>Sending goes on behind it.</source>
        <translation>O envio continua por trás.</translation>
    </message>
    <message>
        <source>Remove {name}?</source>
        <translation>Remover {name}?</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remover</translation>
    </message>
    <message>
        <source>Operators</source>
        <translation>Operadores</translation>
    </message>
    <message>
        <source>Nobody has to sign in: whoever opens this window may do everything. With the first operator, who is an admin, the window begins to ask for a name and a password.</source>
        <translation>Ninguém precisa fazer login: quem abre esta janela pode tudo. Com o primeiro operador, que é administrador, a janela passa a pedir nome e senha.</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nunca</translation>
    </message>
    <message>
        <source>Lock the window when nobody touches it for</source>
        <translation>Bloquear a janela quando ninguém mexer nela por</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Manter</translation>
    </message>
    <message>
        <source>Everybody signs in with a name and a password, and the log says who did what.</source>
        <translation>Cada pessoa entra com nome e senha, e o registro diz quem fez o quê.</translation>
    </message>
    <message>
        <source>Ask for sign-in…</source>
        <translation>Pedir login…</translation>
    </message>
    <message>
        <source>Add operator</source>
        <translation>Adicionar operador</translation>
    </message>
    <message>
        <source>A new password for {name}</source>
        <translation>Nova senha para {name}</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>Stop and open {name}</source>
        <translation>Parar e abrir {name}</translation>
    </message>
    <message>
        <source>Only the workspace that is open sends. When you come back to this one it goes on where it stopped.</source>
        <translation>Só o espaço de trabalho aberto envia. Quando você voltar a este, ele continua de onde parou.</translation>
    </message>
    <message>
        <source>Messages are being sent</source>
        <translation>Há mensagens sendo enviadas</translation>
    </message>
    <message>
        <source>Keep sending</source>
        <translation>Continuar enviando</translation>
    </message>
</context>
<context>
    <name>WorkspaceRowWidget</name>
    <message>
        <source>Rename…</source>
        <translation>Renomear…</translation>
    </message>
    <message>
        <source>Open this one</source>
        <translation>Abrir este</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Aberto</translation>
    </message>
</context>
<context>
    <name>WorkspacesSection</name>
    <message>
        <source>Workspaces</source>
        <translation>Espaços de trabalho</translation>
    </message>
    <message>
        <source>Rename the workspace</source>
        <translation>Renomear o espaço de trabalho</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Renomear</translation>
    </message>
    <message>
        <source>New workspace</source>
        <translation>Novo espaço de trabalho</translation>
    </message>
    <message>
        <source>Each has its own contacts, numbers, campaigns, settings and operators; nothing crosses. The one that is open sends.</source>
        <translation>Cada um tem seus contatos, números, campanhas, configurações e operadores; nada se mistura. O que está aberto é o que envia.</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Criar</translation>
    </message>
</context>
<context>
    <name>SecretsSection</name>
    <message>
        <source>They are in an encrypted file, sealed with your passphrase.</source>
        <translation>Estão em um arquivo criptografado, protegido pela sua frase secreta.</translation>
    </message>
    <message>
        <source>The window asks for it at each start. Workers without a window get it as CADENCIA_PASSPHRASE: without it no number can send.</source>
        <translation>A janela pede a frase secreta a cada abertura. Processos sem janela a recebem em CADENCIA_PASSPHRASE: sem ela nenhum número pode enviar.</translation>
    </message>
    <message>
        <source>Set up a keyring (GNOME Keyring, KWallet), or choose a passphrase, which you type at each start.</source>
        <translation>Configure um chaveiro (GNOME Keyring, KWallet) ou escolha uma frase secreta, que você digita a cada abertura.</translation>
    </message>
    <message>
        <source>Set a passphrase…</source>
        <translation>Definir uma frase secreta…</translation>
    </message>
    <message>
        <source>Change the passphrase…</source>
        <translation>Mudar a frase secreta…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>This system has no keyring: they are in an encrypted file, and its key lies beside it. That protects a copy of the file, not the machine: whoever can read your data folder can send in your name.</source>
        <translation>Este sistema não tem chaveiro: elas estão em um arquivo criptografado e a chave dele fica ao lado. Isso protege uma cópia do arquivo, não a máquina: quem lê a sua pasta de dados pode enviar em seu nome.</translation>
    </message>
    <message>
        <source>They are in the keyring of this system. No file of Cadência has them, and no backup.</source>
        <translation>Estão no chaveiro deste sistema. Nenhum arquivo do Cadência as contém, nem os backups.</translation>
    </message>
    <message>
        <source>They are in an encrypted file, sealed with the passphrase that the program was started with.</source>
        <translation>Estão em um arquivo criptografado, fechado com a frase secreta com que o programa foi iniciado.</translation>
    </message>
    <message>
        <source>Set up a keyring (GNOME Keyring, KWallet), or start the program with a passphrase in CADENCIA_PASSPHRASE: the file is sealed with it at the next change.</source>
        <translation>Configure um chaveiro (GNOME Keyring, KWallet) ou inicie o programa com uma frase secreta em CADENCIA_PASSPHRASE: o arquivo é fechado com ela na próxima alteração.</translation>
    </message>
    <message>
        <source>Safe</source>
        <translation>Protegidas</translation>
    </message>
    <message>
        <source>Not well protected</source>
        <translation>Pouco protegidas</translation>
    </message>
    <message>
        <source>Keys and tokens</source>
        <translation>Chaves e tokens</translation>
    </message>
    <message>
        <source>Each start needs the same CADENCIA_PASSPHRASE: without it no number can send.</source>
        <translation>Cada início precisa da mesma CADENCIA_PASSPHRASE: sem ela nenhum número envia.</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>This computer has no keyring: the keys are in an encrypted file that only your passphrase opens. Without it no number can send.</source>
        <translation>Este computador não tem um chaveiro de senhas: as chaves ficam em um arquivo criptografado que só a sua frase secreta abre. Sem ela nenhum número pode enviar.</translation>
    </message>
    <message>
        <source>This computer has no keyring. The keys are in an encrypted file, but what opens it lies beside it: whoever can read your data folder can send in your name. With a passphrase nobody can without you. You will type it at each start. It is kept nowhere: if you forget it, the numbers have to be added again.</source>
        <translation>Este computador não tem um chaveiro de senhas. As chaves ficam em um arquivo criptografado, mas o que o abre está ao lado dele: quem puder ler sua pasta de dados pode enviar em seu nome. Com uma frase secreta, ninguém pode sem você. Você vai digitá-la a cada abertura. Ela não fica guardada em lugar nenhum: se for esquecida, os números terão de ser adicionados de novo.</translation>
    </message>
    <message>
        <source>The keys of your numbers are sealed</source>
        <translation>As chaves dos seus números estão protegidas</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Sair</translation>
    </message>
    <message>
        <source>Protect the keys of your numbers</source>
        <translation>Proteja as chaves dos seus números</translation>
    </message>
    <message>
        <source>Protect</source>
        <translation>Proteger</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Frase secreta</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>Mais uma vez</translation>
    </message>
    <message>
        <source>At least {n} characters; a few words are best.</source>
        <translation>Pelo menos {n} caracteres; algumas palavras são o melhor.</translation>
    </message>
</context>
<context>
    <name>KeysOffer</name>
    <message>
        <source>You can choose a passphrase in Settings, under Access.</source>
        <translation>Você pode escolher uma frase secreta em Configurações, em Acesso.</translation>
    </message>
    <message>
        <source>The keys are sealed with your passphrase.</source>
        <translation>As chaves estão protegidas pela sua frase secreta.</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Agora não</translation>
    </message>
</context>
<context>
    <name>Checks</name>
    <message>
        <source>This computer has no keyring. Choose a passphrase in Settings, Access, or set CADENCIA_PASSPHRASE.</source>
        <translation>Este computador não tem chaveiro. Escolha uma frase secreta em Configurações, Acesso, ou defina CADENCIA_PASSPHRASE.</translation>
    </message>
</context>
</TS>
