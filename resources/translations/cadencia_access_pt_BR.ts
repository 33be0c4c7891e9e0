<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en">
<context>
    <name>Events</name>
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
        <translation>Mudar a senha…</translation>
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
</TS>
