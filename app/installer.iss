; The installer for Windows. app/windows.py has Inno Setup (6, from 6.3 on) make it; it defines Version
; and Folder. Never run yet (docs/app.md).
; Rehearsals lie in another folder, %LOCALAPPDATA%\rehearse: removing the program keeps them.

[Setup]
AppId={{7C1B0E52-6A3F-4A8B-9D0C-52A1C4B7E6F3}
AppName=rehearse
AppVersion={#Version}
AppPublisher=rehearse
; With the lowest privileges this is a folder of the person's own, and Windows asks no administrator.
DefaultDirName={autopf}\rehearse
PrivilegesRequired=lowest
DisableProgramGroupPage=yes
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0
; The program holds a mutex of this name (app/entry.py): nothing is replaced or removed under it.
AppMutex=rehearse-app
UninstallDisplayIcon={app}\rehearse.exe
Compression=lzma2
SolidCompression=yes
WizardStyle=modern

[Tasks]
Name: "desktop"; Description: "{cm:CreateDesktopIcon}"

[InstallDelete]
; The parts of an older version.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Folder}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\rehearse"; Filename: "{app}\rehearse.exe"
Name: "{autodesktop}\rehearse"; Filename: "{app}\rehearse.exe"; Tasks: desktop

[Run]
Filename: "{app}\rehearse.exe"; Description: "{cm:LaunchProgram,rehearse}"; Flags: postinstall nowait skipifsilent
