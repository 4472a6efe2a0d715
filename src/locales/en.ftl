# Sentences of the client. Both languages have the same keys: a test compares them with each other and with the code.

## Actions: title, short title for the hint line, sentence for the help

accion-up = Row up
    .corta = up
    .ayuda = Moves the selection up.
accion-down = Row down
    .corta = down
    .ayuda = Moves the selection down.
accion-page-up = Page up
    .corta = page up
    .ayuda = Goes a screen up.
accion-page-down = Page down
    .corta = page down
    .ayuda = Goes a screen down.
accion-first = To the top
    .corta = top
    .ayuda = Goes to the first row.
accion-last = To the end
    .corta = end
    .ayuda = Goes to the last row.
accion-next-pane = Next pane
    .corta = next pane
    .ayuda = Goes to the next pane, or field.
accion-previous-pane = Previous pane
    .corta = prev. pane
    .ayuda = Goes to the previous pane, or field.
accion-pane-expedientes = Pane Expediente
    .corta = list
    .ayuda = Goes to the list of expedientes.
accion-pane-documentos = Pane Documentos
    .corta = documents
    .ayuda = Goes to the expediente's documents.
accion-pane-preview = Pane Preview
    .corta = preview
    .ayuda = Goes to the document's page.
accion-pane-indice = Pane Índice
    .corta = index
    .ayuda = Goes to the expediente's fields.
accion-enter = Go in
    .corta = open
    .ayuda = From the list to its documents, from a document to its page, from the page to the whole screen.
accion-back = Go back
    .corta = back
    .ayuda = One level back; clears marks and search; never quits.
accion-zoom-pane = Zoom the pane
    .corta = zoom pane
    .ayuda = The pane on the whole screen, and back.
accion-search = Search
    .corta = search
    .ayuda = Opens the search box.
accion-palette = All actions
    .corta = commands
    .ayuda = Finds any action by its name.
accion-help = Help
    .corta = help
    .ayuda = The keys that count here.
accion-sort = Sort
    .corta = sort
    .ayuda = Chooses the column; again turns the direction.
accion-views = Saved views
    .corta = views
    .ayuda = Chooses a saved search.
accion-save-view = Save the view
    .corta = save view
    .ayuda = Saves search and order under a name.
accion-change-choice = Change entidad and modelo
    .corta = entidad
    .ayuda = Chooses entidad and modelo again.
accion-mark = Mark
    .corta = mark
    .ayuda = Marks the row: actions work on all marked ones.
accion-mark-range = Mark up to here
    .corta = mark range
    .ayuda = Marks from the last mark to this row.
accion-preview-down = Page down a little
    .corta = scroll
    .ayuda = Scrolls the preview down.
accion-preview-up = Page up a little
    .corta = scroll up
    .ayuda = Scrolls the preview up.
accion-preview-half-down = Half a page down
    .corta = half down
    .ayuda = Scrolls the preview half a screen down.
accion-preview-half-up = Half a page up
    .corta = half up
    .ayuda = Scrolls the preview half a screen up.
accion-previous-page = Previous page
    .corta = prev. page
    .ayuda = The document's previous page.
accion-next-page = Next page
    .corta = next page
    .ayuda = The document's next page.
accion-zoom-in = Zoom in
    .corta = zoom in
    .ayuda = Makes the page larger.
accion-zoom-out = Zoom out
    .corta = zoom out
    .ayuda = Makes the page smaller.
accion-fit-width = Fit width
    .corta = width
    .ayuda = The page as wide as the pane, or all of it.
accion-go-to-page = Go to page…
    .corta = go to page
    .ayuda = Goes to a page by its number.
accion-thumbnails = Thumbnails
    .corta = thumbnails
    .ayuda = All pages as small pictures, to go to one.
accion-find = Find in the document
    .corta = find
    .ayuda = Looks for a text in the document and lights it on its pages.
accion-find-next = Next match
    .corta = next
    .ayuda = To the next place where the text stands.
accion-find-previous = Previous match
    .corta = previous
    .ayuda = To the place before where the text stands.
accion-signatures = Digital signatures
    .corta = signatures
    .ayuda = Who has signed the document, when, and whether it is intact.
accion-pin = Pin the page
    .corta = pin
    .ayuda = Keeps the page so that another can be looked at beside it; again lets it go.
accion-other-half = To the other page
    .corta = other page
    .ayuda = Of the two pages on screen, moves the other.
accion-rotate = Rotate the page
    .corta = rotate
    .ayuda = A quarter turn clockwise.
accion-sharpen = Sharper
    .corta = sharper
    .ayuda = The page that came reduced because of the line, sharp; again: in all its colours.
accion-preview-text = Page's text
    .corta = text
    .ayuda = The text instead of the picture, and back.
accion-open-external = Open in the viewer
    .corta = viewer
    .ayuda = Opens the original in the desktop's viewer.
accion-save-original = Save the original
    .corta = save file
    .ayuda = Saves the original into a folder.
accion-edit-indice = Edit the index
    .corta = edit
    .ayuda = Edits the fields in place.
accion-save = Save
    .corta = save
    .ayuda = Saves what is being edited.
accion-undo = Undo
    .corta = undo
    .ayuda = Undoes the last change of the index.
accion-history = History
    .corta = history
    .ayuda = Who changed what and when.
accion-upload = Upload documents
    .corta = upload
    .ayuda = Chooses files and uploads them.
accion-upload-version = Upload a version
    .corta = version
    .ayuda = Uploads a new version of the document.
accion-new = New…
    .corta = new
    .ayuda = Menu of what can be made new.
accion-new-expediente = New expediente
    .corta = new exp.
    .ayuda = Opens an expediente.
accion-new-from-template = Document from a template
    .corta = template
    .ayuda = Makes a document out of the index.
accion-new-note = New note
    .corta = note
    .ayuda = Writes a note in the expediente.
accion-new-aviso = New aviso
    .corta = aviso
    .ayuda = Gives somebody something to do, by a day or without one.
accion-notes = Notes and avisos
    .corta = notes
    .ayuda = Notes and avisos of the expediente.
accion-avisos = My avisos
    .corta = my avisos
    .ayuda = What you have been given to do, in all entidades.
accion-validate = Validate
    .corta = validate
    .ayuda = Validates the document and goes on to the next pending one.
accion-reject = Reject
    .corta = reject
    .ayuda = Rejects the document with a reason and goes on.
accion-next-pending = To the next pending one
    .corta = next pend.
    .ayuda = Goes to the next document to check without touching this one; when none are left, to the next expediente’s.
accion-rename = Rename
    .corta = rename
    .ayuda = Gives the document another name.
accion-retype = Change the type
    .corta = type
    .ayuda = Gives the document another type.
accion-delete = Delete
    .corta = delete
    .ayuda = Deletes the document with a reason; it can be brought back.
accion-recover = Recover a deleted document
    .corta = recover
    .ayuda = Chooses a deleted document and brings it back.
accion-copy = Copy…
    .corta = copy
    .ayuda = Copies something to the terminal's clipboard.
accion-advance = Next fase
    .corta = advance
    .ayuda = Moves to the next fase, or says what is missing.
accion-force = Force the next fase
    .corta = force
    .ayuda = Moves on although something is missing, with a reason that stays.
accion-retreat = Previous fase
    .corta = go back
    .ayuda = Goes back to the fase before, with a reason.
accion-missing = What is missing
    .corta = missing
    .ayuda = What is missing to leave the fase.
accion-refresh = Refresh
    .corta = refresh
    .ayuda = Asks the service again.
accion-transfers = Transfers
    .corta = transfers
    .ayuda = Uploads and downloads, with cancel and retry.
accion-log = Messages
    .corta = messages
    .ayuda = Everything the program has told.
accion-theme = Theme
    .corta = theme
    .ayuda = Other colours.
accion-language = Language
    .corta = language
    .ayuda = Spanish or English.
accion-sessions = Open sessions
    .corta = sessions
    .ayuda = Where you are signed in; lets you end them.
accion-sign-out = Sign out
    .corta = sign out
    .ayuda = Leaves, to the sign-in screen.
accion-quit = Quit
    .corta = quit
    .ayuda = Leaves the program.

## Panes

panel-expediente = Expediente
panel-documentos = Documentos
panel-vista-previa = Preview
panel-indice = Índice
col-numero = No.
col-cliente = Client
col-vehiculo = Vehicle
col-matricula = Plate
col-asesor = Asesor
col-fase = Fase
col-importe = Amount
col-docs = Docs
col-faltan = Missing
col-pedido = Order
columna = { $nombre }
accion = { $nombre }
n-de-total = { $n } of { $total }
hay-mas = { $donde } more
mas-de = more than { $n }
marcados = { $n } marked
faltan = { $n } missing
rev = rev. { $n }
pagina-de = page { $n }/{ $total }
texto = text
cerrado = closed
cargando = Loading…
lista-larga = The list is too long to go to its end: turn its order round ({ TECLA("sort") }) or narrow the search.
lista-vacia = There are no expedientes here yet. Press { TECLA("new") } to open one.
busqueda-sin-resultados = No expediente answers this search. Press Esc to clear it or { TECLA("search") } to change it.
documentos-sin-expediente = Choose an expediente to see its documents.
documentos-vacio = This expediente has no documents. Press { TECLA("upload") } to upload the first.
vista-previa-vacia = Choose a document to see its page.
calidad-reducida = reduced quality ({ TECLA("sharpen") })
vista-previa-no = The preview is off in the configuration. Press o to open the original.
tmux-no-deja-pasar = tmux lets no pictures through: if your terminal is kitty or Ghostty, put "set -g allow-passthrough on" in ~/.tmux.conf.
vista-previa-sin-color = This terminal shows no colours. Press t to read the page's text.
pagina-sin-texto = This page has no text. Press { TECLA("preview-text") } for the picture.
comparacion = side by side
fijada = pinned
al-ancho = fit width
pagina-fijada = Page pinned: select another document to see it beside it. { TECLA("other-half") } changes page, { TECLA("pin") } lets it go.
nada-fijado = No page is pinned. Press { TECLA("pin") } to pin the one on screen.
pagina-fuera = Type a number from 1 to { $total }.
pagina-de-cuantas = From 1 to { $total }
titulo-ir-a-pagina = Go to page
titulo-clave-documento = Document password
falta-clave-documento = Type the password that opens the document.
clave-documento-mala = That is not the document's password. Type it again.
escribir-clave = Press Enter to type the password.
titulo-miniaturas = Thumbnails · { $total } { $total ->
        [one] page
       *[other] pages
    }
pista-miniaturas = ↑ ↓ ← → choose · Enter go · Esc close
buscar-en-documento = Find:
pista-buscar-documento = Enter next   ↑ previous   Tab to the page   Esc close
pista-texto = { TECLA("mark-range") } mark   { TECLA("copy") } copy   { TECLA("preview-text") } picture   { TECLA("next-page") } go on   { TECLA("find") } find   { TECLA("help") } help
pista-hallazgos = { TECLA("find-next") } next   { TECLA("find-previous") } previous   { TECLA("find") } change   Esc close
buscando = Searching…
sin-coincidencias = No matches
hallazgo-de = { $n } of { $total }
hallazgo-de-mas = { $n } of more than { $total }
marcar-en-texto = To mark lines press { TECLA("preview-text") } first: they are marked in the page's text.
copiar-texto-pagina = Text of the page
sin-texto-que-copiar = This page has no text to copy.
sin-firmas = This document bears no digital signatures, or none of its pages has been seen yet.
firmado-por = signed: { $nombre }
firma-integra = intact
firma-con-mas = with later additions
firma-sin-comprobar = not checked
firma-alterada = altered
titulo-firmas = Digital signatures
firma-emisor = Certificate by: { $valor }
firma-sellada = Signed: { $valor }, with a time stamp
firma-sin-sello = Signed: { $valor }, by the signer's clock
firma-motivo = Reason: { $valor }
firma-lugar = Place: { $valor }
firma-cubre-todo = The signature covers the whole document.
firma-no-cubre-todo = Something was added to the document after this signature.
firma-no-juzga = Whether the certificate can be trusted is not checked.
indice-sin-expediente = Choose an expediente to see its index.
edicion-en-otro-titulo = being edited in another expediente
edicion-en-otro-corto = editing another
guardando = saving…
guardado-espera = saves when back online
guardado-espera-corto = waiting
cambios-sin-guardar =
    { $n ->
        [0] editing
        [one] { $n } unsaved change
       *[other] { $n } unsaved changes
    }
cambios-sin-guardar-corto =
    { $n ->
        [0] editing
       *[other] { $n } unsaved
    }
conflicto-que-hacer = { $quien } changed these fields at the same time. Choose with ← and → what is saved in each, then press Enter.
lo-mio = mine
lo-de = { $quien }’s
estado-validado = validated
estado-pendiente = pending
estado-rechazado = rejected
estado-falta = missing
estado-mas-adelante = later
rol-asesor = asesor
rol-jefe-ventas = jefe de ventas
rol-administrativo = administrativo
rol-administrador = administrador
rol-soporte = soporte
en-linea = online
conectando = CONNECTING
sin-respuesta = no answer…
sesion-terminada = session ended
sin-conexion = OFFLINE
solo-lectura = READ ONLY
en-cola = { $n } queued

## Before the panes

terminal-pequeno = The terminal is too small: { $tamano } cells are needed.
conectando-con = Connecting…
servidor-no-responde = The service does not answer. Trying again in { $segundos } s.
conexion-reintento = Trying again in { $segundos } s.
certificado-nuevo = No authority vouches for this service's certificate. Compare this SHA-256 fingerprint with the one its administrator has given you:
certificado-cambiado = Careful! The certificate is not the one confirmed before. If nobody has told you, go no further. The one before was:
certificado-pregunta = Is it the same?  y: yes, trust and go on   n: no, leave
usuario = User
clave = Password
codigo = Code
entrando = Signing in…
demo-usuarios = Demo: press a number, or choose with ↑ ↓ and Enter.
hola = Hello, { $nombre }.
elija-entidad-modelo = Choose entidad and modelo.
sin-entidades = Your user works with no entidad's expedientes. If that is not what you expect, tell whoever administers the service.
filtro-sin-resultados = Nothing answers the filter.

## Hints

pista-salir = Ctrl-C quit
pista-entrar = Tab next field   Enter sign in   Ctrl-C quit
pista-elegir = ↑ ↓ choose   Enter go in   type to filter   Esc back   Ctrl-C quit
pista-elegir-sin-volver = ↑ ↓ choose   Enter go in   type to filter   Ctrl-C quit
pista-volver = Esc back   Ctrl-C quit
pista-administra = ↑ ↓ choose   Enter do it   : commands   ? help   q quit
pista-busqueda = Tab complete   ↑ recent   Enter keep   Esc as before
tecleado-tras-guardar = It could not be saved: what was typed after it was not used.
tecleado-sin-usar = The expediente has not come: what was typed meanwhile was not used.
pista-espera = Waiting for the expediente: what is typed applies when it comes   Esc lets go
pista-edicion = { TECLA("save") } save   Tab next   Esc leave
pista-conflicto = ← → choose   Enter save   Esc edit
pista-lista = ↑ ↓ choose · Enter take · Esc close
pista-vistas = Enter take · Del delete · Esc close
pista-sesiones = Enter end that session · Esc back
pista-aceptar = Enter accept · Esc cancel
pista-motivo = Enter accept · ↑ earlier reasons · Esc cancel
pista-pregunta = y yes · n no
pista-pregunta-huecos = y yes · e fill in the first · n no
pista-notas = { TECLA("mark") } done · { TECLA("edit-indice") } change · { TECLA("delete") } delete · Enter read · { TECLA("advance") } aviso · { TECLA("new") } note · Esc close
pista-notas-vacio = { TECLA("new") } note · { TECLA("advance") } aviso · Esc close
pista-notas-leer = Enter read · Esc close
pista-leer-nota = ↑ ↓ scroll · Esc back
pista-mis-avisos = Enter go · { TECLA("mark") } done · Esc close
pista-escribir-nota = Enter save · Ctrl-J new line · Esc leave
pista-escribir-aviso = Enter go on · { TECLA("save") } save · Ctrl-J new line · Esc leave
pista-escribir-para = Enter go on · { TECLA("save") } save · ↓ choose another · Esc leave
pista-escribir-dia = Enter save · Tab next · Esc leave
pista-nuevo = { TECLA("save") } create · Tab next · Esc leave
pista-ficheros = Enter take · Tab mark · { TECLA("save") } go on · Backspace up · Esc close
pista-revision = Enter upload · c type · d leave out · Esc back
pista-revision-varios = Enter upload · c type · V mark all · Space mark one · d leave out · Esc back
pista-historial = Enter undo the chosen change · Esc close
pista-que-falta = Enter go there · { TECLA("force") } force · Esc close
pista-que-falta-ir = Enter go there · Esc close
pista-puede-avanzar = { TECLA("advance") } advance · Esc close
pista-cerrado = { TECLA("retreat") } go back · Esc close
pista-cerrar = Esc close
pista-transferencias = Enter retry · d cancel · Esc close
pista-mensajes = ↑ ↓ scroll · Esc close

## Keys

tecla-intro = Enter
tecla-espacio = Space
tecla-mayus = Shift
tecla-inicio = Home
tecla-fin = End
tecla-repag = PgUp
tecla-avpag = PgDn
tecla-retroceso = Backspace
tecla-supr = Del

## Overlays

titulo-paleta = All actions
titulo-ayuda = Help: what can be done here
titulo-nuevo = New
titulo-copiar = Copy
titulo-ordenar = Sort by
titulo-vistas = Saved views
titulo-tipos = Document type
titulo-tipo-de = Type of “{ $nombre }”
titulo-tipo-de-varios = Type of the { $n } marked
titulo-tipo-de-ahora = Type of “{ $nombre }”, now { $tipo }
titulo-temas = Theme
titulo-sesiones = Open sessions
titulo-borrados = Deleted documents
titulo-rechazar = Reject: why?
titulo-borrar = Delete: why?
titulo-forzar = Force: why?
titulo-retroceder = Go back: why?
titulo-renombrar = Document's name
titulo-guardar-vista = Name of the view
titulo-guardar-original = Folder to save into
titulo-plantillas = Document from a template
titulo-personas = Whom the aviso is for
sin-personas = Nobody else sees this expediente.
personas-sin-linea = No connection: who sees it could not be asked. It is tried again when the line is back, or with ↓.
personas-sin-respuesta = Who sees it could not be asked. Press ↓ to try again.
titulo-notas = Notes and avisos ─ { $numero }
titulo-nota-de = Note ─ { $numero }
titulo-aviso-de = Aviso ─ { $numero }
titulo-nota-nueva = New note ─ { $numero }
titulo-nota-cambiar = Change the note ─ { $numero }
titulo-aviso-nuevo = New aviso ─ { $numero }
titulo-aviso-cambiar = Change the aviso ─ { $numero }
titulo-mis-avisos =
    { $n ->
        [0] My avisos
       *[other] My avisos ─ { $n }
    }
sin-notas = No notes and no avisos.
sin-avisos = You have nothing to do.
n-expedientes =
    { $n ->
        [one] { $n } expediente
       *[other] { $n } expedientes
    }
n-notas =
    { $n ->
        [one] { $n } note
       *[other] { $n } notes
    }
n-avisos =
    { $n ->
        [one] { $n } aviso
       *[other] { $n } avisos
    }
campo-para = For
campo-vence = Due
sin-dia = no day
dia-vacio = empty: no day
dia-no-existe = There is no such day.
dia-no-se-entiende = Not a day: 05/12, +3, monday…
dia-ejemplo = 05/12, +3, tomorrow, monday…
dia-semana =
    { $n ->
        [1] Monday
        [2] Tuesday
        [3] Wednesday
        [4] Thursday
        [5] Friday
        [6] Saturday
       *[other] Sunday
    }
vencio-hace = was due { $n } d ago
vence-hoy = due today
vence-manana = due tomorrow
vence-en = due in { $n } d
aviso-hecho-el = done on { $dia }
aviso-de-a = From { $de } for { $para }
aviso-puesto-por = { $quien } asks for it
nota-con-cambios = changed since
titulo-pregunta-huecos = Something is missing
titulo-pregunta-validar = Validate
titulo-pregunta-rechazar = Reject
titulo-pregunta-borrar = Delete
titulo-pregunta-descartar = Leave without saving
titulo-pregunta-avanzar = Advance
titulo-pregunta-forzar = Force the advance
titulo-pregunta-deshacer = Undo
titulo-pregunta-cancelar = Cancel the transfer
titulo-pregunta-salir = Quit the program
titulo-pregunta-sesion = Sign out
titulo-pregunta-vista = Delete the view
titulo-sesion-caducada = The session has ended
sesion-caducada = Sign in again to go on. What you were typing is still here.
titulo-nuevo-expediente = New expediente
asesor-sin-elegir = Asesor: not chosen   (PgUp and PgDn choose)
nuevo-sin-cliente = Say whose the expediente is.
nuevo-sin-asesor = Choose whose asesor it is: PgUp and PgDn.
nuevo-sin-asesores = There is no asesor here whose it could be; tell whoever administers the service.
administra = Your user administers the service and sees no expedientes. Users, entidades and modelos are managed on the machine of the service, with these commands:
administra-corto = You administer the service and see no expedientes: use “expedientes admin” on its machine.
administra-user = users: list, add, set, password, totp…
administra-config = entidades and modelos: check, diff, apply
administra-audit = that nobody has touched the audit
administra-backup = copy of data and originals
administra-ayuda = all commands; more in docs/servicio.md
asesor-elegido = Asesor: { $nombre }   (PgUp and PgDn change)
titulo-subir = Upload to { $numero }
titulo-subir-tipo = Upload { $tipo } to { $numero }
titulo-version = New version of “{ $nombre }” · { $numero }
titulo-revisar-subida = Upload to { $numero }: check the types
carpeta-vacia = Nothing here answers the filter.
ruta-escrita = Enter opens { $ruta }
sin-borrados = There are no deleted documents.
tipo-sin-decir = type?
titulo-historial = History
titulo-que-falta = What is missing in { $numero }
no-falta-nada = Nothing is missing: it can advance.
cerrado-que-hacer = The expediente is closed: it can only be read. { TECLA("retreat") } takes it back to the fase before, with a reason.
cerrado-quien = The expediente is closed: it can only be read. Opening it again, by going back, is for the jefe de ventas.
falta-validar = to be validated
falta-rechazado = rejected
falta-documento = document missing
falta-aviso = Enter opens the avisos
falta-campo = to be filled
titulo-transferencias = Transfers
sin-transferencias = There are no uploads, downloads or changes that wait.
cola-espera = waits for the line
cola-en-curso = under way
cola-indice =
    Save the index: { $n ->
        [one] { $n } field
       *[other] { $n } fields
    }
cola-deshacer = Undo a change of the index
cola-avanzar = Advance a fase
cola-forzar = Force the advance
cola-retroceder = Go back a fase
cola-validar = Validate { $nombre }
cola-rechazar = Reject { $nombre }
cola-cambiar-documento = Change { $nombre }
cola-borrar-documento = Delete { $nombre }
cola-recuperar = Recover a document
cola-nota = Note: { $texto }
cola-cambiar-nota = Change the note: { $texto }
cola-borrar-nota = Delete a note
cola-aviso = Aviso: { $texto }
cola-cambiar-aviso = Change an aviso
cola-borrar-aviso = Delete an aviso
cola-plantilla = Document from a template
transferencia-en-cola = queued
transferencia-hecha = done
transferencia-cancelada = cancelled
titulo-mensajes = Messages
sin-mensajes = There are no messages yet.
hace-minutos =
    { $n ->
        [0] now
       *[other] { $n } min ago
    }
no = No
si = Yes
nuevo-expediente = Expediente
nuevo-documento = Document from a file
nuevo-plantilla = Document from a template
nuevo-nota = Note
nuevo-aviso = Aviso
copiar-numero = Expediente's number
copiar-nombre = Document's name
copiar-sha256 = Document's SHA-256
sesion-actual = this one
sesion-detalle = Opened on { $abierta }; used on { $usada }.

## Why not

no-permiso = Your user may not do this; it only looks.
no-permiso-revisar = Documents are validated and rejected by the administrativos.
no-permiso-borrar = Documents are deleted and recovered by the administrativos and the jefe de ventas.
no-permiso-retroceder = Going back a fase is for the administrativos and the jefe de ventas.
no-permiso-forzar = Going on although something is missing is for the jefe de ventas to decide.
no-cerrado = The expediente is closed.
no-linea = There is no connection to the service.
no-expediente = Choose an expediente first.
no-fijada = The page pointed at is the pinned one: go to the other ({ TECLA("other-half") }) to validate or reject what is selected.
no-documento = Choose a document first.
no-subido = This document is still missing: press { TECLA("upload") } to upload it.
no-cargado = Wait for the expediente to load.
no-edicion = Nothing is being edited.
no-edicion-abierta = Save what you are editing first, or leave it with Esc.
no-vistas = There are no saved views yet.
no-hay-mas-fases = The expediente is in its last fase.
nada-que-deshacer = The index of this expediente has no changes to undo.
lote-avanzado = Advanced: { $n }.
lote-con-faltas = Advanced: { $n }; could not: { $faltan }. They are still marked; what each of them lacks is in the messages ({ TECLA("log") }).
fase-falta = { $numero }: missing { $motivo }
no-deshacible = That change cannot be undone: it is not of the index, or what it changed has changed again. The others are in the history ({ TECLA("history") }).
no-quedan-pendientes = No pending documents are left in the list.
no-quedan-pendientes-cerca = No pending documents are left among the first { $n }; search for them with estado:pendiente.

## Toasts

copiado = Copied.
conexion-vuelve = The connection is back.
sesion-vuelve = Signed in again.
hecho = Done.
ya-validado = It is validated already.
nota-guardada = Note saved in { $numero }
nota-guardada-sola = Note saved
notas-guardadas =
    { $faltan ->
        [0] Note saved in { $n } expedientes.
       *[other] Note saved in { $n } expedientes; not in { $faltan }, and it comes back to the screen.
    }
nota-cambiada = Note changed in { $numero }
nota-cambiada-sola = Note changed
nota-borrada = Note deleted
aviso-puesto = Aviso for { $para } in { $numero }
aviso-puesto-solo = Aviso for { $para }
avisos-puestos =
    { $faltan ->
        [0] Aviso given in { $n } expedientes.
       *[other] Aviso given in { $n } expedientes; not in { $faltan }, and it comes back to the screen.
    }
aviso-cambiado = Aviso changed in { $numero }
aviso-cambiado-solo = Aviso changed
aviso-hecho = Aviso done in { $numero }
aviso-hecho-solo = Aviso done
aviso-reabierto = Aviso open again in { $numero }
aviso-reabierto-solo = Aviso open again
aviso-borrado = Aviso deleted
plantilla-hecha = Made: { $nombre }
plantilla-no-hecha = “{ $nombre }” has not been made. { $motivo }
plantilla-con-faltas =
    { $n ->
        [one] “{ $nombre }” was not made: { $campos } is empty. Fill it in, or ask again to make it with a blank.
       *[other] “{ $nombre }” was not made: { $campos } are empty. Fill them in, or ask again to make it with blanks.
    }
nota-sin-texto = Write something, or leave with Esc.
nota-larga = No more than { $n } characters fit: make it shorter.
nota-ajena = Only its author can change it.
nota-ajena-borrar = Only its author can delete it.
nota-no-se-hace = A note is not done; avisos are.
aviso-sin-destinatario = Choose whom it is for.
aviso-sin-acceso = You do not work in the entidad of { $numero }: tell whoever runs the service.
no-plantillas = There are no templates for this expediente.
documento-recuperado = Recovered: { $nombre }
documento-validado = Validated: { $nombre }
documento-rechazado = Rejected: { $nombre }
documento-cambiado = Changed: { $nombre }
documento-no-cambiado = { $nombre } was not changed: { $motivo }
documento-borrado = Document deleted; it can be brought back from the palette.
documento-duplicado = The content of { $nombre } is already in expediente { $numero }.
indice-guardado = Index saved.
indice-guardado-con-aviso = Index saved. { $aviso }
indice-sin-cambios = There was nothing to save.
indice-con-errores = A field is wrong: correct it to save.
indice-juntado = { $quien } changed other fields at the same time: all of it is saved together.
indice-conflicto = { $quien } changed the same fields at the same time: choose which holds.
indice-cambiado-por-otro = Somebody else has just changed this expediente's index.
edicion-en-otro = You are editing another expediente: save it or leave it.
guardado-pendiente = It will be saved when the connection is back; what you typed is here.
cambio-espera = The last change will be sent when the connection is back; no need to repeat it.
nuevo-sin-linea = There is no connection: what you typed is here. Save again when it is back.
nuevo-resto-sin-guardar = Created as it was sent before the cut; what was typed since is not saved because another index is unsaved: check it.
pegado-cortado = What was pasted did not fit: it was cut.
pegado-sin-rutas = What was pasted are no file paths.
deshecho = Undone.
fase-cambiada = { $numero } is in { $fase }.
fase-no-cambiada = { $numero }: { $motivo }
expediente-creado = Opened expediente { $numero }.
nada-marcado = Mark a file with Tab first, or press Enter on one.
subidas-en-cola =
    { $n ->
        [one] One upload queued.
       *[other] { $n } uploads queued.
    }
subida-hecha = Uploaded: { $nombre }
tanda-hecha = { $n } uploads done.
tanda-con-errores =
    { $n ->
        [one] One uploaded
       *[other] { $n } uploaded
    }, { $mal ->
        [one] one with an error: “{ $nombre }”: { $motivo }
       *[other] { $mal } with errors; the first, “{ $nombre }”: { $motivo }
    }
subida-espera = { $nombre } will go on when the connection is back.
bajada-hecha = { $nombre } is in { $carpeta }.
transferencia-fallida = { $nombre }: { $motivo }
vista-guardada = View saved: { $nombre }
falta-motivo = Write the reason.
falta-nombre = Write a name.
falta-carpeta = Write a folder.
nombre-largo = The name is too long: 40 characters at most.

## Questions

pregunta-salir-sin-guardar = Something typed is not saved. Leave and lose it?
pregunta-salir-con-subidas =
    { $n ->
        [one] A transfer is under way.
       *[other] { $n } transfers are under way.
    } Leave all the same?
pregunta-salir-cambios =
    { $n ->
        [one] One change has not been sent; it stays on this machine and is sent when you sign in on it again. Leave?
       *[other] { $n } changes have not been sent; they stay on this machine and are sent when you sign in on it again. Leave?
    }
pregunta-salir-cambios-perder =
    { $n ->
        [one] One change has not been sent, and this machine does not keep it. Leave and lose it?
       *[other] { $n } changes have not been sent, and this machine does not keep them. Leave and lose them?
    }
pregunta-salir-guardado = Something typed is not saved; it stays on this machine and goes on when you sign in again. Leave?
pregunta-salir-siguen =
    { $n ->
        [one] A transfer is under way; uploads go on when you sign in again on this machine. Leave?
       *[other] { $n } transfers are under way; uploads go on when you sign in again on this machine. Leave?
    }
recuperado-indice = An index typed last time is not saved: press { TECLA("edit-indice") } to go on with it.
recuperado-nuevo = This new expediente of last time is not created yet.
recuperado-nota = This was left written and not saved last time.
recuperado-cambios =
    { $n ->
        [one] A change of last time was not answered: it is sent now.
       *[other] { $n } changes of last time were not answered: they are sent now.
    }
recuperado-subidas =
    { $n ->
        [one] An upload of last time was not finished: it goes on now.
       *[other] { $n } uploads of last time were not finished: they go on now.
    }
pregunta-salir-sesion = Sign out?
pregunta-descartar = Leave editing and lose the changes?
pregunta-descartar-nota = Leave and lose what is written?
pregunta-borrar-nota = Delete the note “{ $texto }”?
pregunta-borrar-aviso = Delete the aviso “{ $texto }”?
pregunta-huecos =
    { $n ->
        [one] “{ $nombre }” lacks { $campos }: make it with a blank?
       *[other] “{ $nombre }” lacks { $campos }: make it with blanks?
    }
pregunta-descartar-nuevo = Leave and lose what is typed in the new expediente?
pregunta-validar-sin-ver = “{ $nombre }” has not been seen yet. Validate it unseen?
pregunta-rechazar-sin-ver = “{ $nombre }” has not been seen yet. Reject it unseen?
pregunta-rechazar-varios = Reject { $n } documents for that reason? Not seen: { $sinver }.
pregunta-validar-varios = Validate { $n } documents? Not seen: { $sinver }. Rejected before: { $rechazados }.
pregunta-borrar = Delete “{ $nombre }”?
pregunta-borrar-varios = Delete { $n } documents?
pregunta-borrar-vista = Delete the view “{ $nombre }”?
pregunta-avanzar =
    Move { $numero } to { $fase }?{ $cierra ->
        [1] {" "}That closes it: it can only be read.
       *[other] {""}
    }
pregunta-avanzar-uno =
    Move { $numero } to its next fase?{ $cierra ->
        [1] {" "}If that is { $fase }, it is closed: it can only be read.
       *[other] {""}
    }
pregunta-avanzar-varios =
    Move { $n } expedientes ({ $numeros }) to their next fase?{ $cierra ->
        [1] {" "}Those that enter { $fase } are closed: they can only be read.
       *[other] {""}
    }
pregunta-forzar-cierre = Force { $numero } into { $fase }? That closes it: it can only be read. { faltan-cosas }
pregunta-forzar-cierre-uno = Force { $numero } into its next fase? If that is { $fase }, it is closed: it can only be read.
pregunta-forzar-cierre-varios = Force { $n } expedientes ({ $numeros }) into their next fase? Those that enter { $fase } are closed: they can only be read.
paso-a = { $numero }: enters { $fase }
paso-a-cierre = { $numero }: enters { $fase } and is closed
faltan-cosas =
    { $n ->
        [0] Nothing is missing
       *[other] Missing:
    }{ $documentos ->
        [0] {""}
        [one] {" "}1 document
       *[other] {" "}{ $documentos } documents
    }{ $antescampos ->
        [1] ,
        [2] {" "}and
       *[other] {""}
    }{ $campos ->
        [0] {""}
        [one] {" "}1 field
       *[other] {" "}{ $campos } fields
    }{ $antesavisos ->
        [2] {" "}and
       *[other] {""}
    }{ $avisos ->
        [0] {""}
        [one] {" "}1 aviso
       *[other] {" "}{ $avisos } avisos
    }.
pregunta-deshacer = Undo the change by { $quien }? { $cambios }
pregunta-cancelar-transferencia = Cancel “{ $nombre }”?

## History

clase-expediente-creado = Opens the expediente
clase-indice-cambiado = Changes the index
clase-indice-deshecho = Undoes a change
clase-fase-avanzada = Moves on
clase-fase-forzada = Forces its way on
clase-fase-retrocedida = Goes back
clase-documento-subido = Uploads a document
clase-documento-version = Uploads a version
clase-documento-cambiado = Changes a document
clase-documento-validado = Validates a document
clase-documento-rechazado = Rejects a document
clase-documento-borrado = Deletes a document
clase-documento-recuperado = Brings a document back
clase-nota-escrita = Writes a note
clase-nota-cambiada = Changes a note
clase-nota-borrada = Deletes a note
clase-aviso-puesto = Gives an aviso
clase-aviso-cambiado = Changes an aviso
clase-aviso-hecho = Does an aviso
clase-aviso-reabierto = Opens an aviso again
clase-aviso-borrado = Deletes an aviso
clase-configuracion-cambiada = Changes the configuration
clase-otra = Another change
