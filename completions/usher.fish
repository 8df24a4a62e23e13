# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_usher_global_optspecs
    string join \n config-dir= as= h/help V/version
end

function __fish_usher_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_usher_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_usher_using_subcommand
    set -l cmd (__fish_usher_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c usher -n "__fish_usher_needs_command" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_needs_command" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_needs_command" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_needs_command" -s V -l version -d 'Print version'
complete -c usher -n "__fish_usher_needs_command" -f -a "acl" -d 'Access control lists: who holds which role where.'
complete -c usher -n "__fish_usher_needs_command" -f -a "group" -d 'Groups of users.'
complete -c usher -n "__fish_usher_needs_command" -f -a "pool" -d 'Pools of guests and storages.'
complete -c usher -n "__fish_usher_needs_command" -f -a "realm" -d 'Authentication realms: where users sign in.'
complete -c usher -n "__fish_usher_needs_command" -f -a "role" -d 'Roles: named sets of privileges.'
complete -c usher -n "__fish_usher_needs_command" -f -a "tfa" -d 'Second factors: codes of an app, recovery keys, security keys.'
complete -c usher -n "__fish_usher_needs_command" -f -a "token" -d 'API tokens; the same as \'user token\', and who presents one.'
complete -c usher -n "__fish_usher_needs_command" -f -a "user" -d 'Users and their API tokens.'
complete -c usher -n "__fish_usher_needs_command" -f -a "passwd" -d 'Set a user\'s password. It is asked for twice; without a terminal two lines are read from stdin.'
complete -c usher -n "__fish_usher_needs_command" -f -a "ticket" -d 'Sign in and print a ticket, or check with --path and --privs what somebody may do.'
complete -c usher -n "__fish_usher_needs_command" -f -a "help" -d 'Get help about a command.'
complete -c usher -n "__fish_usher_needs_command" -f -a "batch" -d 'Run many commands, one per line, as one change: all of them, or none. Words and quotes are those of a shell, \'#\' begins a comment; a line may begin with \'usher\'. Only commands that change the directory. Example: usher batch new-team.txt --dry-run'
complete -c usher -n "__fish_usher_needs_command" -f -a "check" -d 'Look for everything that is wrong or risky in the directory, each with file, line, severity and a code: names that refer to nothing, entries without effect, secrets nobody owns, modes, realms. Exits 3 when something is found. docs/check.md explains every code. Example: usher check --severity hint'
complete -c usher -n "__fish_usher_needs_command" -f -a "find-unused" -d 'Look for what nobody uses: roles and groups without entries, entries without effect, API tokens that can do nothing. It is \'check\' with these codes only. Exits 3 when something is found. Example: usher find-unused --ignore U013'
complete -c usher -n "__fish_usher_needs_command" -f -a "log" -d 'List the entries of the journal, the newest last: every change with who made it, from where and how, every sign-in and synchronisation. Example: usher log --object joe@pve --since 7d --diff'
complete -c usher -n "__fish_usher_needs_command" -f -a "login-check" -d 'Check a sign-in for another program. User, password and, for users with second factors, an answer are read from stdin, a line each. Exits 0 when it is right, 3 when it is not.'
complete -c usher -n "__fish_usher_needs_command" -f -a "access" -d 'List everything a user or an API token may do, path by path, with the ACL entries it comes from and their lines. Exits 3 when there is nothing he may do. Example: usher access joe@pve'
complete -c usher -n "__fish_usher_needs_command" -f -a "can" -d 'Tell whether a user or an API token may do something on a path. Who is disabled or expired cannot. Exits 0 for yes, 3 for no. Example: usher can joe@pve PRIVILEGE /vms/100'
complete -c usher -n "__fish_usher_needs_command" -f -a "explain" -d 'Tell why a user or an API token may do something on a path, or may not: every ACL entry on the way, with its line, whether it counts, and what hides it; and when the answer is no, the smallest entry that would grant it. Exits 3 when a privilege is asked for and the answer is no. Example: usher explain joe@pve /vms/100'
complete -c usher -n "__fish_usher_needs_command" -f -a "why" -d 'Tell why a user or an API token may do something on a path, or may not: every ACL entry on the way, with its line, whether it counts, and what hides it; and when the answer is no, the smallest entry that would grant it. Exits 3 when a privilege is asked for and the answer is no. Example: usher explain joe@pve /vms/100'
complete -c usher -n "__fish_usher_needs_command" -f -a "who-can" -d 'List every user and API token that may do something on a path, and why. Who is disabled, expired or unknown is left out. Exits 3 when there is nobody. Example: usher who-can PRIVILEGE /vms/100'
complete -c usher -n "__fish_usher_needs_command" -f -a "test" -d 'Run policy tests: files that say who can, and who cannot, do what where. Exits 0 when all pass, 3 when some fail. Example: usher test policy.toml --junit report.xml'
complete -c usher -n "__fish_usher_needs_command" -f -a "matrix" -d 'Show the access matrix: who may do what where. Every user, every API token and every path at which something is set for them; a path that is not listed has what the nearest one above passes on. Example: usher matrix --layout html > audit.html'
complete -c usher -n "__fish_usher_needs_command" -f -a "tree" -d 'Draw the tree of ACL entries: every path at which something is set, who holds which role there, and the members of pools that are given something. Example: usher tree /vms --user joe@pve'
complete -c usher -n "__fish_usher_needs_command" -f -a "restore" -d 'Put the directory back to how it was at some time, or after some entry of the journal, secrets included where they are kept. It is one change, with an entry of its own, and can be undone. Example: usher restore --at \'2027-01-31 08:00\' --dry-run'
complete -c usher -n "__fish_usher_needs_command" -f -a "undo" -d 'Take back what an entry of the journal changed; without a number, the last change that was not taken back yet. What was changed since stays, as long as it is not in the same lines. Undoing is an entry itself, and can be undone. Example: usher undo 12 --dry-run'
complete -c usher -n "__fish_usher_needs_command" -f -a "diff" -d 'Compare two directories, or a directory with itself at a revision of git: what comes, changes and goes, the difference of the files (secrets are not shown, only that they change), and who gains and loses which privilege where. Exits 0 when they are the same, 3 when not. Example: usher diff --git HEAD~1'
complete -c usher -n "__fish_usher_needs_command" -f -a "apply" -d 'Make the directory what a document says, all of it in one commit. What the document does not name stays, unless --prune is given. Secrets are not touched: a user that is new has no password yet. Applying twice changes nothing; \'usher plan\' shows it first. Example: usher apply directory.toml --only groups,acl'
complete -c usher -n "__fish_usher_needs_command" -f -a "export" -d 'Write the whole directory as one readable document without secrets: users with their API tokens, groups, roles, pools, ACL entries, realms and jobs, only what is set, in an order that stays. \'usher plan\' and \'usher apply\' take it back, as TOML or JSON. Example: usher export > directory.toml'
complete -c usher -n "__fish_usher_needs_command" -f -a "plan" -d 'Show what would make the directory equal to a document: what would come, change and go, and who would gain and lose which privilege where. Nothing is changed. Exits 0 when there is nothing to do, 3 when there is. Example: usher plan directory.toml --prune'
complete -c usher -n "__fish_usher_using_subcommand acl; and not __fish_seen_subcommand_from delete list modify show" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand acl; and not __fish_seen_subcommand_from delete list modify show" -f -a "delete" -d 'Take roles at a path back from users, groups or API tokens.'
complete -c usher -n "__fish_usher_using_subcommand acl; and not __fish_seen_subcommand_from delete list modify show" -f -a "list" -d 'List every ACL entry.'
complete -c usher -n "__fish_usher_using_subcommand acl; and not __fish_seen_subcommand_from delete list modify show" -f -a "modify" -d 'Grant roles at a path to users, groups or API tokens.'
complete -c usher -n "__fish_usher_using_subcommand acl; and not __fish_seen_subcommand_from delete list modify show" -f -a "show" -d 'Show the ACL entries that matter at a path: those set there, and those inherited from above that no entry for the same user, group or token replaces on the way, with their lines in user.cfg. Example: usher acl show /vms/100'
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from delete" -l groups -d 'Groups.' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from delete" -l propagate -d 'Whether the permission reaches the paths below. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from delete" -l roles -d 'Roles.' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from delete" -l tokens -d 'Full ids of API tokens.' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from delete" -l users -d 'Users.' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from delete" -l ignore-missing -d 'Succeed without a change when there is no such entry. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from delete" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from delete" -l output-format -d 'Output format of a dry run. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from delete" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from delete" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from list" -l path -d 'Only entries at this path.' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from list" -l below -d 'Those at deeper paths as well.' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from list" -l user -d 'Only entries that name this user or API token.' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from list" -l group -d 'Only entries that name this group; with --user, these as well.' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from list" -l role -d 'Only entries that give this role.' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from list" -l effective -d 'Only entries that count for --user at --path: inherited ones, those of groups, of pools and of a token\'s owner among them, and none that another one replaces.' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from list" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from list" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from list" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from list" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from list" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from list" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from list" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from modify" -l groups -d 'Groups.' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from modify" -l propagate -d 'Whether the permission reaches the paths below. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from modify" -l roles -d 'Roles.' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from modify" -l tokens -d 'Full ids of API tokens.' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from modify" -l users -d 'Users.' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from modify" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from modify" -l output-format -d 'Output format of a dry run. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from modify" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from modify" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from modify" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from show" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from show" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from show" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from show" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from show" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from show" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from show" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand acl; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand group; and not __fish_seen_subcommand_from add delete list modify rename show" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand group; and not __fish_seen_subcommand_from add delete list modify rename show" -f -a "add" -d 'Create a group.'
complete -c usher -n "__fish_usher_using_subcommand group; and not __fish_seen_subcommand_from add delete list modify rename show" -f -a "delete" -d 'Delete a group and its ACL entries. Its members stay.'
complete -c usher -n "__fish_usher_using_subcommand group; and not __fish_seen_subcommand_from add delete list modify rename show" -f -a "list" -d 'List the groups and their members.'
complete -c usher -n "__fish_usher_using_subcommand group; and not __fish_seen_subcommand_from add delete list modify rename show" -f -a "modify" -d 'Change a group.'
complete -c usher -n "__fish_usher_using_subcommand group; and not __fish_seen_subcommand_from add delete list modify rename show" -f -a "rename" -d 'Give a group another name. Its members stay; ACL entries for it, and those set on the group itself, follow. Example: usher group rename devs developers'
complete -c usher -n "__fish_usher_using_subcommand group; and not __fish_seen_subcommand_from add delete list modify rename show" -f -a "show" -d 'Show a group: its members with their state, and the ACL entries that name it, with their lines in user.cfg. Example: usher group show admins'
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from add" -l comment -d 'Free text about the group.' -r
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from add" -l if-not-exists -d 'Succeed without a change when the group is there. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from add" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from add" -l output-format -d 'Output format of a dry run. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from add" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from add" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from delete" -l ignore-missing -d 'Succeed without a change when there is no such group. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from delete" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from delete" -l output-format -d 'Output format of a dry run. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from delete" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from delete" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from list" -l member -d 'Only groups this user is in.' -r
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from list" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from list" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from list" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from list" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from list" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from list" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from list" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from modify" -l comment -d 'Free text about the group.' -r
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from modify" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from modify" -l output-format -d 'Output format of a dry run. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from modify" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from modify" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from modify" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from rename" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from rename" -l output-format -d 'Output format of a dry run. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from rename" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from rename" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from rename" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from show" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from show" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from show" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from show" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from show" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from show" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from show" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand group; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand pool; and not __fish_seen_subcommand_from add delete list modify show" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand pool; and not __fish_seen_subcommand_from add delete list modify show" -f -a "add" -d 'Create a pool.'
complete -c usher -n "__fish_usher_using_subcommand pool; and not __fish_seen_subcommand_from add delete list modify show" -f -a "delete" -d 'Delete an empty pool and its ACL entries.'
complete -c usher -n "__fish_usher_using_subcommand pool; and not __fish_seen_subcommand_from add delete list modify show" -f -a "list" -d 'List the pools, or one pool with those of its members that exist.'
complete -c usher -n "__fish_usher_using_subcommand pool; and not __fish_seen_subcommand_from add delete list modify show" -f -a "modify" -d 'Change a pool: its comment, and which guests and storages are in it.'
complete -c usher -n "__fish_usher_using_subcommand pool; and not __fish_seen_subcommand_from add delete list modify show" -f -a "show" -d 'Show a pool: its guests and storages, whether they exist or not, the pools in it, and the ACL entries at its path, with their lines in user.cfg. Example: usher pool show web'
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from add" -l comment -d 'Free text about the pool.' -r
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from add" -l if-not-exists -d 'Succeed without a change when the pool is there. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from add" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from add" -l output-format -d 'Output format of a dry run. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from add" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from add" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from delete" -l force -d 'Delete the pool although it names members that are not there any more. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from delete" -l ignore-missing -d 'Succeed without a change when there is no such pool. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from delete" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from delete" -l output-format -d 'Output format of a dry run. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from delete" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from delete" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from list" -l poolid -d 'Only this pool, with its members.' -r
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from list" -l type -d 'Only members of this type.' -r -f -a "lxc\t''
qemu\t''
storage\t''"
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from list" -l member -d 'Only pools that hold this guest (a number) or storage.' -r
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from list" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from list" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from list" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from list" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from list" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from list" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from list" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from modify" -l allow-move -d 'Take a guest out of the pool it is in now. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from modify" -l comment -d 'Free text about the pool.' -r
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from modify" -l delete -d 'Take the named guests and storages out instead of putting them in. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from modify" -l storage -d 'Storages.' -r
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from modify" -l vms -d 'Guests.' -r
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from modify" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from modify" -l output-format -d 'Output format of a dry run. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from modify" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from modify" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from modify" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from show" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from show" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from show" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from show" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from show" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from show" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from show" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand pool; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand realm; and not __fish_seen_subcommand_from add delete job list modify sync login show test" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand realm; and not __fish_seen_subcommand_from add delete job list modify sync login show test" -f -a "add" -d 'Define a realm.'
complete -c usher -n "__fish_usher_using_subcommand realm; and not __fish_seen_subcommand_from add delete job list modify sync login show test" -f -a "delete" -d 'Delete a realm. Its users stay. The built-in realms are only reset.'
complete -c usher -n "__fish_usher_using_subcommand realm; and not __fish_seen_subcommand_from add delete job list modify sync login show test" -f -a "job" -d 'Jobs that synchronise realms by a schedule; \'realm sync --due\' runs them.'
complete -c usher -n "__fish_usher_using_subcommand realm; and not __fish_seen_subcommand_from add delete job list modify sync login show test" -f -a "list" -d 'List the realms.'
complete -c usher -n "__fish_usher_using_subcommand realm; and not __fish_seen_subcommand_from add delete job list modify sync login show test" -f -a "modify" -d 'Change a realm.'
complete -c usher -n "__fish_usher_using_subcommand realm; and not __fish_seen_subcommand_from add delete job list modify sync login show test" -f -a "sync" -d 'Take over users and groups of a realm from its directory server.'
complete -c usher -n "__fish_usher_using_subcommand realm; and not __fish_seen_subcommand_from add delete job list modify sync login show test" -f -a "login" -d 'Sign in through the OpenID Connect provider of a realm, in a browser, and print a ticket.'
complete -c usher -n "__fish_usher_using_subcommand realm; and not __fish_seen_subcommand_from add delete job list modify sync login show test" -f -a "show" -d 'Show a realm: its kind and settings without secrets, how many users it has, and the jobs that synchronise it. Example: usher realm show corp'
complete -c usher -n "__fish_usher_using_subcommand realm; and not __fish_seen_subcommand_from add delete job list modify sync login show test" -f -a "test" -d 'Try out whether the servers of a realm answer: connection, TLS, bind, users, groups. Changes nothing.'
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l type -d 'The kind of realm.' -r -f -a "ad\t''
ldap\t''
openid\t''
pam\t''
pve\t''"
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l check-connection -d 'Try the connection before anything is stored. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l if-not-exists -d 'Succeed without a change when the realm is there. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l acr-values -d 'Authentication context classes asked of the provider.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l audiences -d 'Further audiences an ID token may be meant for.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l autocreate -d 'Create users at their first login. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l base_dn -d 'DN below which users are searched.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l bind_dn -d 'DN usher logs in with; anonymous without it.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l capath -d 'File or directory with the certificates of trusted authorities. [default: /etc/ssl/certs]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l case-sensitive -d 'Whether \'Joe\' and \'joe\' are two users. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l cert -d 'File with the client certificate.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l certkey -d 'File with the key of the client certificate.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l client-id -d 'Name of this client at the provider.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l client-key -d 'Secret of this client at the provider.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l comment -d 'Free text.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l default -d 'Offer this realm first at login; the others lose the mark.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l domain -d 'Name of the AD domain.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l filter -d 'LDAP filter users must match.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l group_classes -d 'Object classes of groups. [default: groupOfNames, group, univentionGroup, ipausergroup]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l group_dn -d 'DN below which groups are searched; base_dn without it.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l group_filter -d 'LDAP filter groups must match.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l group_name_attr -d 'Attribute with the name of a group.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l groups-autocreate -d 'Create the groups the provider names. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l groups-claim -d 'Claim with the groups.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l groups-overwrite -d 'Leave all other groups at login. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l issuer-url -d 'URL of the provider.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l mode -d 'How to speak to the server. [default: ldap]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l password -d 'Password of bind_dn; kept in priv/realm/<realm>.pw.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l port -d 'Port of the server.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l prompt -d 'What the provider asks the user for.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l query-userinfo -d 'Ask the userinfo endpoint for claims. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l scopes -d 'Scopes asked of the provider. [default: email profile]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l secure -d 'Deprecated: use mode.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l server1 -d 'The server.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l server2 -d 'The server to ask when the first cannot be reached.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l sslversion -d 'TLS version.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l sync-defaults-options -d 'Options of a synchronisation that names none.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l sync_attributes -d 'Which LDAP attributes become which user properties: email=mail,lastname=sn.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l tfa -d 'Second factor all users of the realm must give.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l user_attr -d 'Attribute with the user name.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l user_classes -d 'Object classes of users. [default: inetorgperson, posixaccount, person, user]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l username-claim -d 'Claim with the user name. [default: sub]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l verify -d 'Check the server\'s certificate. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l output-format -d 'Output format of a dry run. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from delete" -l ignore-missing -d 'Succeed without a change when there is no such realm. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from delete" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from delete" -l output-format -d 'Output format of a dry run. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from delete" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from delete" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from job" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from job" -f -a "add" -d 'Have a realm synchronised by a schedule.'
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from job" -f -a "delete" -d 'Delete a job. What it synchronised stays.'
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from job" -f -a "list" -d 'List the jobs, when they ran and when they run next.'
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from job" -f -a "modify" -d 'Change a job. Its realm stays.'
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from job" -f -a "show" -d 'Show a job: its settings, when it ran and how that went, when it runs next.'
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from list" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from list" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from list" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from list" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from list" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from list" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from list" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l check-connection -d 'Try the connection before anything is stored. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l delete -d 'Properties to clear.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l digest -d 'Change only if the SHA-1 digest of domains.cfg is this one.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l acr-values -d 'Authentication context classes asked of the provider.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l audiences -d 'Further audiences an ID token may be meant for.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l autocreate -d 'Create users at their first login. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l base_dn -d 'DN below which users are searched.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l bind_dn -d 'DN usher logs in with; anonymous without it.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l capath -d 'File or directory with the certificates of trusted authorities. [default: /etc/ssl/certs]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l case-sensitive -d 'Whether \'Joe\' and \'joe\' are two users. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l cert -d 'File with the client certificate.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l certkey -d 'File with the key of the client certificate.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l client-id -d 'Name of this client at the provider.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l client-key -d 'Secret of this client at the provider.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l comment -d 'Free text.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l default -d 'Offer this realm first at login; the others lose the mark.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l domain -d 'Name of the AD domain.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l filter -d 'LDAP filter users must match.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l group_classes -d 'Object classes of groups. [default: groupOfNames, group, univentionGroup, ipausergroup]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l group_dn -d 'DN below which groups are searched; base_dn without it.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l group_filter -d 'LDAP filter groups must match.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l group_name_attr -d 'Attribute with the name of a group.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l groups-autocreate -d 'Create the groups the provider names. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l groups-claim -d 'Claim with the groups.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l groups-overwrite -d 'Leave all other groups at login. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l issuer-url -d 'URL of the provider.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l mode -d 'How to speak to the server. [default: ldap]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l password -d 'Password of bind_dn; kept in priv/realm/<realm>.pw.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l port -d 'Port of the server.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l prompt -d 'What the provider asks the user for.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l query-userinfo -d 'Ask the userinfo endpoint for claims. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l scopes -d 'Scopes asked of the provider. [default: email profile]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l secure -d 'Deprecated: use mode.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l server1 -d 'The server.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l server2 -d 'The server to ask when the first cannot be reached.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l sslversion -d 'TLS version.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l sync-defaults-options -d 'Options of a synchronisation that names none.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l sync_attributes -d 'Which LDAP attributes become which user properties: email=mail,lastname=sn.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l tfa -d 'Second factor all users of the realm must give.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l user_attr -d 'Attribute with the user name.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l user_classes -d 'Object classes of users. [default: inetorgperson, posixaccount, person, user]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l verify -d 'Check the server\'s certificate. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l output-format -d 'Output format of a dry run. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from modify" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from sync" -l dry-run -d 'Show what would change, and change nothing. As usher, exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from sync" -l enable-new -d 'Whether new users may sign in at once. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from sync" -l full -d 'Deprecated, without effect: use --remove-vanished.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from sync" -l purge -d 'Deprecated, without effect: use --remove-vanished.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from sync" -l remove-vanished -d 'What to remove of users and groups that are gone from the server: \'entry\', \'acl\', \'properties\' joined by \';\', or \'none\'. [default: none]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from sync" -l scope -d 'What to synchronise.' -r -f -a "users\t''
groups\t''
both\t''"
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from sync" -l all -d 'Every realm with a directory server, one after the other. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from sync" -l allow-empty -d 'Believe a server that knows no users or no groups. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from sync" -l due -d 'Run the jobs whose time has come; see \'realm job\'. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from sync" -l keep -d 'What stays of removed users: memberships, token-secrets, second-factors.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from sync" -l max-delete -d 'Refuse to take away more users, or more groups, than this number or percentage of the realm\'s. [default: 50%]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from sync" -l member-uid -d 'Read members from memberUid as well. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from sync" -l name-case -d 'Spell names as the server does, or in small letters. [default: keep]' -r -f -a "keep\t''
lower\t''"
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from sync" -l nested -d 'Count members of groups in groups as members. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from sync" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from sync" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from sync" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from sync" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from login" -l port -d 'The port of 127.0.0.1 the browser is sent back to. [default: a free one]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from login" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from login" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from login" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from login" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from login" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from show" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from show" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from show" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from show" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from show" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from show" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from show" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from test" -l user -d 'The name of a user to look for, without the realm.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from test" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from test" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from test" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from test" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from test" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from test" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from test" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand realm; and __fish_seen_subcommand_from test" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand role; and not __fish_seen_subcommand_from add delete list modify clone rename show" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand role; and not __fish_seen_subcommand_from add delete list modify clone rename show" -f -a "add" -d 'Create a role.'
complete -c usher -n "__fish_usher_using_subcommand role; and not __fish_seen_subcommand_from add delete list modify clone rename show" -f -a "delete" -d 'Delete a role and the ACL entries that grant it.'
complete -c usher -n "__fish_usher_using_subcommand role; and not __fish_seen_subcommand_from add delete list modify clone rename show" -f -a "list" -d 'List the roles and their privileges.'
complete -c usher -n "__fish_usher_using_subcommand role; and not __fish_seen_subcommand_from add delete list modify clone rename show" -f -a "modify" -d 'Replace a role\'s privileges, or add to them.'
complete -c usher -n "__fish_usher_using_subcommand role; and not __fish_seen_subcommand_from add delete list modify clone rename show" -f -a "clone" -d 'Create a role with the privileges of another one, built in or not. Nobody is given the new one. Example: usher role clone Operator NightOperator'
complete -c usher -n "__fish_usher_using_subcommand role; and not __fish_seen_subcommand_from add delete list modify clone rename show" -f -a "rename" -d 'Give a role another name. The ACL entries that give it follow. Example: usher role rename watch Watcher'
complete -c usher -n "__fish_usher_using_subcommand role; and not __fish_seen_subcommand_from add delete list modify clone rename show" -f -a "show" -d 'Show a role: its privileges and what they are for, and the ACL entries that give it, with their lines in user.cfg. Example: usher role show Operator'
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from add" -l privs -d 'Privileges.' -r
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from add" -l if-not-exists -d 'Succeed without a change when the role is there. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from add" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from add" -l output-format -d 'Output format of a dry run. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from add" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from add" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from delete" -l ignore-missing -d 'Succeed without a change when there is no such role. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from delete" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from delete" -l output-format -d 'Output format of a dry run. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from delete" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from delete" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from list" -l privilege -d 'Only roles that hold all of these privileges.' -r
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from list" -l own -d 'Only roles of this directory; 0: only those that are built in.' -r
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from list" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from list" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from list" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from list" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from list" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from list" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from list" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from modify" -l append -d 'Add to the role\'s privileges instead of replacing them. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from modify" -l privs -d 'Privileges.' -r
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from modify" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from modify" -l output-format -d 'Output format of a dry run. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from modify" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from modify" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from modify" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from clone" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from clone" -l output-format -d 'Output format of a dry run. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from clone" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from clone" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from clone" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from rename" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from rename" -l output-format -d 'Output format of a dry run. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from rename" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from rename" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from rename" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from show" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from show" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from show" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from show" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from show" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from show" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from show" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand role; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand tfa; and not __fish_seen_subcommand_from add delete disable enable generate-key list show unlock verify" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand tfa; and not __fish_seen_subcommand_from add delete disable enable generate-key list show unlock verify" -f -a "add" -d 'Register a second factor.'
complete -c usher -n "__fish_usher_using_subcommand tfa; and not __fish_seen_subcommand_from add delete disable enable generate-key list show unlock verify" -f -a "delete" -d 'Delete a second factor of a user, or all of them.'
complete -c usher -n "__fish_usher_using_subcommand tfa; and not __fish_seen_subcommand_from add delete disable enable generate-key list show unlock verify" -f -a "disable" -d 'Keep a second factor from being used. A user whose factors are all disabled needs none to sign in.'
complete -c usher -n "__fish_usher_using_subcommand tfa; and not __fish_seen_subcommand_from add delete disable enable generate-key list show unlock verify" -f -a "enable" -d 'Let a second factor be used again.'
complete -c usher -n "__fish_usher_using_subcommand tfa; and not __fish_seen_subcommand_from add delete disable enable generate-key list show unlock verify" -f -a "generate-key" -d 'Print a fresh TOTP key of 160 bits in Base32. Nothing is stored.'
complete -c usher -n "__fish_usher_using_subcommand tfa; and not __fish_seen_subcommand_from add delete disable enable generate-key list show unlock verify" -f -a "list" -d 'List second factors, of everybody or of one user.'
complete -c usher -n "__fish_usher_using_subcommand tfa; and not __fish_seen_subcommand_from add delete disable enable generate-key list show unlock verify" -f -a "show" -d 'Show a second factor of a user, without its secret.'
complete -c usher -n "__fish_usher_using_subcommand tfa; and not __fish_seen_subcommand_from add delete disable enable generate-key list show unlock verify" -f -a "unlock" -d 'Lift the locks of a user whose second factors were wrong too often.'
complete -c usher -n "__fish_usher_using_subcommand tfa; and not __fish_seen_subcommand_from add delete disable enable generate-key list show unlock verify" -f -a "verify" -d 'Judge a second factor, \'totp:123456\' or \'recovery:KEY\', as a sign-in would. Exits 3 when it is wrong.'
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from add" -f -a "totp" -d 'Register an app that shows codes: shows its address and QR code, then asks for one code.'
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from add" -f -a "recovery" -d 'Make ten recovery keys for a user. They are shown this once and never again.'
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from add" -f -a "yubico" -d 'Register a Yubico key: asks for one password it types and has it confirmed by the realm\'s server.'
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from delete" -l id -d 'Only this one, as the list shows it.' -r
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from delete" -l ignore-missing -d 'Succeed without a change when there is nothing to delete. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from delete" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from delete" -l output-format -d 'Output format of a dry run. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from delete" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from delete" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from disable" -l description -d 'Call it so from now on.' -r
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from disable" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from disable" -l output-format -d 'Output format of a dry run. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from disable" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from disable" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from disable" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from enable" -l description -d 'Call it so from now on.' -r
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from enable" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from enable" -l output-format -d 'Output format of a dry run. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from enable" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from enable" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from enable" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from generate-key" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from generate-key" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from generate-key" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from list" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from list" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from list" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from list" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from list" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from list" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from list" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from show" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from show" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from show" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from show" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from show" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from show" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from show" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from unlock" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from unlock" -l output-format -d 'Output format of a dry run. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from unlock" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from unlock" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from unlock" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from verify" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from verify" -l output-format -d 'Output format of a dry run. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from verify" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from verify" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand tfa; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand token; and not __fish_seen_subcommand_from add delete remove list modify permissions show verify" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand token; and not __fish_seen_subcommand_from add delete remove list modify permissions show verify" -f -a "add" -d 'Create an API token for a user. Its secret is shown this once and never again.'
complete -c usher -n "__fish_usher_using_subcommand token; and not __fish_seen_subcommand_from add delete remove list modify permissions show verify" -f -a "delete" -d 'Delete an API token with its secret and ACL entries.'
complete -c usher -n "__fish_usher_using_subcommand token; and not __fish_seen_subcommand_from add delete remove list modify permissions show verify" -f -a "remove" -d 'Delete an API token with its secret and ACL entries.'
complete -c usher -n "__fish_usher_using_subcommand token; and not __fish_seen_subcommand_from add delete remove list modify permissions show verify" -f -a "list" -d 'List the API tokens of a user, or of everybody.'
complete -c usher -n "__fish_usher_using_subcommand token; and not __fish_seen_subcommand_from add delete remove list modify permissions show verify" -f -a "modify" -d 'Change an API token.'
complete -c usher -n "__fish_usher_using_subcommand token; and not __fish_seen_subcommand_from add delete remove list modify permissions show verify" -f -a "permissions" -d 'Show what an API token may do, and where.'
complete -c usher -n "__fish_usher_using_subcommand token; and not __fish_seen_subcommand_from add delete remove list modify permissions show verify" -f -a "show" -d 'Show an API token without its secret: state, what it may do beside its owner, and the ACL entries that name it, with their lines in user.cfg. Example: usher token show joe@pve!backup'
complete -c usher -n "__fish_usher_using_subcommand token; and not __fish_seen_subcommand_from add delete remove list modify permissions show verify" -f -a "verify" -d 'Check an API token, \'USER@REALM!NAME=SECRET\', read from stdin. Exits 3 when it is none.'
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from add" -l comment -d 'Free text about the token.' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from add" -l expire -d 'When the token ends, in seconds since 1970; 0 never. usher also takes a date (2027-01-31) or a span (90d).' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from add" -l privsep -d 'Give the token only what is granted to it and to its owner; 0: everything its owner may do. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from add" -l if-not-exists -d 'Succeed without a change when the token is there. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from add" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from add" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from add" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from add" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from add" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from add" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from add" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from add" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from delete" -l ignore-missing -d 'Succeed without a change when there is no such token. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from delete" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from delete" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from delete" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from delete" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from delete" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from delete" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from delete" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from delete" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from remove" -l ignore-missing -d 'Succeed without a change when there is no such token. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from remove" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from remove" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from remove" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from remove" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from remove" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from remove" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from remove" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from remove" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from list" -l expired -d 'Only tokens that are at their end; 0: only the others.' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from list" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from list" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from list" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from list" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from list" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from list" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from list" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from modify" -l comment -d 'Free text about the token.' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from modify" -l delete -d 'Attributes to clear; only \'comment\' can be.' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from modify" -l expire -d 'When the token ends, in seconds since 1970; 0 never. usher also takes a date (2027-01-31) or a span (90d).' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from modify" -l privsep -d 'Give the token only what is granted to it and to its owner; 0: everything its owner may do. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from modify" -l regenerate -d 'Replace the secret; the new one is shown this once. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from modify" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from modify" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from modify" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from modify" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from modify" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from modify" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from modify" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from modify" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from modify" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from permissions" -l path -d 'Only this path, exactly as it is written.' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from permissions" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from permissions" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from permissions" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from permissions" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from permissions" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from permissions" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from permissions" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from permissions" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from show" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from show" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from show" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from show" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from show" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from show" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from show" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from verify" -l from -d 'Where the user comes from, an address usually. It is only noted.' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from verify" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from verify" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from verify" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from verify" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from verify" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from verify" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from verify" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand token; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand user; and not __fish_seen_subcommand_from tfa token permissions add delete list modify export import rename show" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand user; and not __fish_seen_subcommand_from tfa token permissions add delete list modify export import rename show" -f -a "tfa" -d 'Second factors.'
complete -c usher -n "__fish_usher_using_subcommand user; and not __fish_seen_subcommand_from tfa token permissions add delete list modify export import rename show" -f -a "token" -d 'API tokens.'
complete -c usher -n "__fish_usher_using_subcommand user; and not __fish_seen_subcommand_from tfa token permissions add delete list modify export import rename show" -f -a "permissions" -d 'Show what a user or an API token may do, and where.'
complete -c usher -n "__fish_usher_using_subcommand user; and not __fish_seen_subcommand_from tfa token permissions add delete list modify export import rename show" -f -a "add" -d 'Create a user.'
complete -c usher -n "__fish_usher_using_subcommand user; and not __fish_seen_subcommand_from tfa token permissions add delete list modify export import rename show" -f -a "delete" -d 'Delete a user with its tokens, memberships, ACL entries, password and second factors.'
complete -c usher -n "__fish_usher_using_subcommand user; and not __fish_seen_subcommand_from tfa token permissions add delete list modify export import rename show" -f -a "list" -d 'List the users.'
complete -c usher -n "__fish_usher_using_subcommand user; and not __fish_seen_subcommand_from tfa token permissions add delete list modify export import rename show" -f -a "modify" -d 'Change a user.'
complete -c usher -n "__fish_usher_using_subcommand user; and not __fish_seen_subcommand_from tfa token permissions add delete list modify export import rename show" -f -a "export" -d 'Write the users as a table of comma-separated values, which \'user import\' reads. Tokens, passwords and second factors are not in it. Example: usher user export > users.csv'
complete -c usher -n "__fish_usher_using_subcommand user; and not __fish_seen_subcommand_from tfa token permissions add delete list modify export import rename show" -f -a "import" -d 'Add the users of a table of comma-separated values, all of them or none. The first line names the columns: userid, or name and realm; firstname, lastname, email, comment, groups, enable, expire. Example: usher user import staff.csv --map \'Login=name,Mail=email\' --realm pve --dry-run'
complete -c usher -n "__fish_usher_using_subcommand user; and not __fish_seen_subcommand_from tfa token permissions add delete list modify export import rename show" -f -a "rename" -d 'Give a user another id. Tokens with their secrets, memberships, ACL entries, second factors and the password follow, in one change. Example: usher user rename ann@pve ann.miller@pve'
complete -c usher -n "__fish_usher_using_subcommand user; and not __fish_seen_subcommand_from tfa token permissions add delete list modify export import rename show" -f -a "show" -d 'Show a user: state, attributes, groups, API tokens, second factors and the ACL entries that name it or its groups, with their lines in user.cfg, and the last change the journal knows of. Example: usher user show joe@pve'
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from tfa" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from tfa" -f -a "unlock" -d 'Lift the locks of a user whose second factors were wrong too often.'
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from tfa" -f -a "delete" -d 'Delete a second factor of a user, or all of them.'
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from tfa" -f -a "list" -d 'List second factors, of everybody or of one user, in the original\'s form.'
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from token" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from token" -f -a "add" -d 'Create an API token for a user. Its secret is shown this once and never again.'
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from token" -f -a "delete" -d 'Delete an API token with its secret and ACL entries.'
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from token" -f -a "remove" -d 'Delete an API token with its secret and ACL entries.'
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from token" -f -a "list" -d 'List the API tokens of a user, or of everybody.'
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from token" -f -a "modify" -d 'Change an API token.'
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from token" -f -a "permissions" -d 'Show what an API token may do, and where.'
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from token" -f -a "show" -d 'Show an API token without its secret: state, what it may do beside its owner, and the ACL entries that name it, with their lines in user.cfg. Example: usher token show joe@pve!backup'
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from permissions" -l path -d 'Only this path, exactly as it is written.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from permissions" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from permissions" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from permissions" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from permissions" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from permissions" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from permissions" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from permissions" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from permissions" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from add" -l comment -d 'Free text about the user.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from add" -l email -d 'Mail address.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from add" -l enable -d 'Whether the user may sign in. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from add" -l expire -d 'When the account ends, in seconds since 1970; 0 never. usher also takes a date (2027-01-31) or a span (90d).' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from add" -l firstname -d 'First name.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from add" -l groups -d 'Groups the user is to be in.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from add" -l keys -d 'Keys of second factors in the old form.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from add" -l lastname -d 'Last name.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from add" -l password -d 'Initial password, 8 to 64 characters. In usher without a value: asked for; \'-\': read from stdin.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from add" -l if-not-exists -d 'Succeed without a change when the user is there. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from add" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from add" -l output-format -d 'Output format of a dry run. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from add" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from add" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from delete" -l ignore-missing -d 'Succeed without a change when there is no such user. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from delete" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from delete" -l output-format -d 'Output format of a dry run. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from delete" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from delete" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from list" -l enabled -d 'Only users that may sign in; 0: only those that may not.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from list" -l full -d 'Show groups and tokens as well. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from list" -l group -d 'Only members of this group.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from list" -l realm -d 'Only users of this realm.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from list" -l expired -d 'Only users whose account is at its end; 0: only the others.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from list" -l disabled -d 'Only users that may not sign in; 0: only the others.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from list" -l locked -d 'Only users with a lock on their second factors; 0: only the others.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from list" -l without-second-factor -d 'Only users without any second factor that may be used; 0: only the others.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from list" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from list" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from list" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from list" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from list" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from list" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from list" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from modify" -l append -d 'Add to the groups instead of replacing them. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from modify" -l comment -d 'Free text about the user.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from modify" -l email -d 'Mail address.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from modify" -l enable -d 'Whether the user may sign in. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from modify" -l expire -d 'When the account ends, in seconds since 1970; 0 never. usher also takes a date (2027-01-31) or a span (90d).' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from modify" -l firstname -d 'First name.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from modify" -l groups -d 'Groups the user is to be in.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from modify" -l keys -d 'Keys of second factors in the old form.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from modify" -l lastname -d 'Last name.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from modify" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from modify" -l output-format -d 'Output format of a dry run. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from modify" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from modify" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from modify" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from export" -l realm -d 'Only users of this realm.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from export" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from export" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from export" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from export" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from export" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from export" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from export" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from import" -l map -d 'What columns hold that are called otherwise: COLUMN=PROPERTY,…; COLUMN= leaves one out.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from import" -l realm -d 'The realm of users for whom the table names none.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from import" -l groups -d 'Groups all of them are to be in, besides those in the table.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from import" -l create-groups -d 'Create groups that do not exist. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from import" -l update -d 'Change users that exist to what the table says. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from import" -l generate-passwords -d 'Give each new user of the built-in realm a password, and write them to this new file, which only you can read.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from import" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from import" -l output-format -d 'Output format of a dry run. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from import" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from import" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from rename" -l drop-password -d 'Remove a password that is kept here when the new realm asks elsewhere. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from rename" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from rename" -l output-format -d 'Output format of a dry run. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from rename" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from rename" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from rename" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from show" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from show" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from show" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from show" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from show" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from show" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from show" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand user; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand passwd" -l confirmation-password -d 'The caller\'s own password, with --as; asked for if left out. The superuser needs none.' -r
complete -c usher -n "__fish_usher_using_subcommand passwd" -l password -d 'The new password, 8 to 64 characters; \'-\': read from stdin.' -r
complete -c usher -n "__fish_usher_using_subcommand passwd" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand passwd" -l output-format -d 'Output format of a dry run. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand passwd" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand passwd" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand passwd" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand ticket; and not __fish_seen_subcommand_from verify" -l new-format -d 'Accepted for old scripts. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand ticket; and not __fish_seen_subcommand_from verify" -l otp -d 'The answer of the second factor, as \'totp:123456\'.' -r
complete -c usher -n "__fish_usher_using_subcommand ticket; and not __fish_seen_subcommand_from verify" -l password -d 'Not looked at: the password is always asked for.' -r
complete -c usher -n "__fish_usher_using_subcommand ticket; and not __fish_seen_subcommand_from verify" -l path -d 'Only check the permissions on this path.' -r
complete -c usher -n "__fish_usher_using_subcommand ticket; and not __fish_seen_subcommand_from verify" -l privs -d 'The privileges to be checked; all of them are needed.' -r
complete -c usher -n "__fish_usher_using_subcommand ticket; and not __fish_seen_subcommand_from verify" -l realm -d 'The realm, when the user names none.' -r
complete -c usher -n "__fish_usher_using_subcommand ticket; and not __fish_seen_subcommand_from verify" -l tfa-challenge -d 'The ticket of the first step; the password is the answer then.' -r
complete -c usher -n "__fish_usher_using_subcommand ticket; and not __fish_seen_subcommand_from verify" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand ticket; and not __fish_seen_subcommand_from verify" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand ticket; and not __fish_seen_subcommand_from verify" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand ticket; and not __fish_seen_subcommand_from verify" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand ticket; and not __fish_seen_subcommand_from verify" -a "verify" -d 'Check a ticket, read from stdin, and tell whose it is. Exits 3 when it is none.'
complete -c usher -n "__fish_usher_using_subcommand ticket; and __fish_seen_subcommand_from verify" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand ticket; and __fish_seen_subcommand_from verify" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand ticket; and __fish_seen_subcommand_from verify" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand ticket; and __fish_seen_subcommand_from verify" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand ticket; and __fish_seen_subcommand_from verify" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand ticket; and __fish_seen_subcommand_from verify" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand ticket; and __fish_seen_subcommand_from verify" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand ticket; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand help" -l verbose -d 'Everything about the command, not only how to call it. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand help" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand help" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand help" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand batch" -l keep-going -d 'Commit every line by itself, and go on behind one that fails. Exits 1 when one did. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand batch" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand batch" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand batch" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand batch" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand batch" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand batch" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand batch" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand batch" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand batch" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand check" -l fix -d 'Repair what needs no decision. With --dry-run, only show what would change.' -r
complete -c usher -n "__fish_usher_using_subcommand check" -l severity -d 'The least severity that is looked for. [default: warning]' -r -f -a "hint\t''
warning\t''
error\t''"
complete -c usher -n "__fish_usher_using_subcommand check" -l only -d 'Look for these codes and nothing else, hints included: U010,U011.' -r
complete -c usher -n "__fish_usher_using_subcommand check" -l ignore -d 'Do not look for these codes.' -r
complete -c usher -n "__fish_usher_using_subcommand check" -l migrate -d 'Look for what changes when the directory moves to this catalogue, too: pve9.' -r
complete -c usher -n "__fish_usher_using_subcommand check" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand check" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand check" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand check" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand check" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand check" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand check" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand check" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand check" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand find-unused" -l ignore -d 'Do not look for these codes.' -r
complete -c usher -n "__fish_usher_using_subcommand find-unused" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand find-unused" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand find-unused" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand find-unused" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand find-unused" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand find-unused" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand find-unused" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand find-unused" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand log; and not __fish_seen_subcommand_from show verify adopt" -l who -d 'Only entries of this account, user or token.' -r
complete -c usher -n "__fish_usher_using_subcommand log; and not __fish_seen_subcommand_from show verify adopt" -l object -d 'Only entries that touched this: joe@pve, \'group devs\', \'acl /vms\'.' -r
complete -c usher -n "__fish_usher_using_subcommand log; and not __fish_seen_subcommand_from show verify adopt" -l since -d 'Only entries from then on: 2027-01-31, \'2027-01-31 08:00\', or 7d for the last week.' -r
complete -c usher -n "__fish_usher_using_subcommand log; and not __fish_seen_subcommand_from show verify adopt" -l until -d 'Only entries up to then.' -r
complete -c usher -n "__fish_usher_using_subcommand log; and not __fish_seen_subcommand_from show verify adopt" -l kind -d 'Only entries of this kind.' -r -f -a "change\t''
sign-in\t''
sync\t''
adopt\t''
undo\t''
restore\t''"
complete -c usher -n "__fish_usher_using_subcommand log; and not __fish_seen_subcommand_from show verify adopt" -l limit -d 'How many entries, at most; 0 lists all. [default: 20]' -r
complete -c usher -n "__fish_usher_using_subcommand log; and not __fish_seen_subcommand_from show verify adopt" -l follow -d 'Go on and show every entry as it is written.' -r
complete -c usher -n "__fish_usher_using_subcommand log; and not __fish_seen_subcommand_from show verify adopt" -l diff -d 'Show what changed in the files, too; secrets are left out.' -r
complete -c usher -n "__fish_usher_using_subcommand log; and not __fish_seen_subcommand_from show verify adopt" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand log; and not __fish_seen_subcommand_from show verify adopt" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand log; and not __fish_seen_subcommand_from show verify adopt" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand log; and not __fish_seen_subcommand_from show verify adopt" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand log; and not __fish_seen_subcommand_from show verify adopt" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand log; and not __fish_seen_subcommand_from show verify adopt" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand log; and not __fish_seen_subcommand_from show verify adopt" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand log; and not __fish_seen_subcommand_from show verify adopt" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand log; and not __fish_seen_subcommand_from show verify adopt" -f -a "show" -d 'Show one entry of the journal with everything it changed; secrets are left out. Example: usher log show 12'
complete -c usher -n "__fish_usher_using_subcommand log; and not __fish_seen_subcommand_from show verify adopt" -f -a "verify" -d 'Check that the journal is whole, each entry behind the one it was written behind, and that the files are as its last entries left them. Files changed by hand or by other programs are named. Exits 3 when something is wrong. Example: usher log verify && echo sound'
complete -c usher -n "__fish_usher_using_subcommand log; and not __fish_seen_subcommand_from show verify adopt" -f -a "adopt" -d 'Take note in the journal of files as they are now: those that were changed by hand or by other programs, and those the journal has never seen. Shows what changed as far as the journal knows what they held. Example: usher log adopt --dry-run'
complete -c usher -n "__fish_usher_using_subcommand log; and __fish_seen_subcommand_from show" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand log; and __fish_seen_subcommand_from show" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand log; and __fish_seen_subcommand_from show" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand log; and __fish_seen_subcommand_from show" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand log; and __fish_seen_subcommand_from show" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand log; and __fish_seen_subcommand_from show" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand log; and __fish_seen_subcommand_from show" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand log; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand log; and __fish_seen_subcommand_from verify" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand log; and __fish_seen_subcommand_from verify" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand log; and __fish_seen_subcommand_from verify" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand log; and __fish_seen_subcommand_from verify" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand log; and __fish_seen_subcommand_from verify" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand log; and __fish_seen_subcommand_from verify" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand log; and __fish_seen_subcommand_from verify" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand log; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand log; and __fish_seen_subcommand_from adopt" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand log; and __fish_seen_subcommand_from adopt" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand log; and __fish_seen_subcommand_from adopt" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand log; and __fish_seen_subcommand_from adopt" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand log; and __fish_seen_subcommand_from adopt" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand log; and __fish_seen_subcommand_from adopt" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand log; and __fish_seen_subcommand_from adopt" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand log; and __fish_seen_subcommand_from adopt" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand log; and __fish_seen_subcommand_from adopt" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand login-check" -l realm -d 'The realm, for users who name none.' -r
complete -c usher -n "__fish_usher_using_subcommand login-check" -l from -d 'Where the user comes from, an address usually. It is only noted.' -r
complete -c usher -n "__fish_usher_using_subcommand login-check" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand login-check" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand login-check" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand access" -l path -d 'Only this path.' -r
complete -c usher -n "__fish_usher_using_subcommand access" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand access" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand access" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand access" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand access" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand access" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand access" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand access" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand can" -l any -d 'One of the privileges is enough. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand can" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand can" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand can" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand can" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand can" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand can" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand can" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand can" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand explain" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand explain" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand explain" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand explain" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand explain" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand explain" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand explain" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand explain" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand why" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand why" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand why" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand why" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand why" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand why" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand why" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand why" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand who-can" -l all -d 'Also list those who are disabled, expired or unknown, with their state. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand who-can" -l direct -d 'Only those who hold it by an entry of their own, not through a group. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand who-can" -l group -d 'List the groups that give it, instead of users and tokens. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand who-can" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand who-can" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand who-can" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand who-can" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand who-can" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand who-can" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand who-can" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand who-can" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand test" -l junit -d 'Write a report in JUnit XML to this file, too.' -r
complete -c usher -n "__fish_usher_using_subcommand test" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand test" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand test" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand test" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand test" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand test" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand test" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand test" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand matrix" -l path -d 'Only these paths, and there everybody who may do anything, also what is inherited.' -r
complete -c usher -n "__fish_usher_using_subcommand matrix" -l below -d 'Also the paths below these at which something is set. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand matrix" -l privilege -d 'Only who holds one of these privileges, and of what they hold, only these.' -r
complete -c usher -n "__fish_usher_using_subcommand matrix" -l group-by -d 'What the rows are: users and tokens; groups, each as if somebody were in it alone; or roles and who holds them. [default: user]' -r -f -a "user\t''
group\t''
role\t''"
complete -c usher -n "__fish_usher_using_subcommand matrix" -l layout -d 'A table for the terminal, CSV for a spreadsheet, or a page for a browser: one file, to filter and to print. [default: table]' -r -f -a "table\t''
csv\t''
html\t''"
complete -c usher -n "__fish_usher_using_subcommand matrix" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand matrix" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand matrix" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand matrix" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand matrix" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand matrix" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand matrix" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand matrix" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand tree" -l depth -d 'How many levels below the first path are shown.' -r
complete -c usher -n "__fish_usher_using_subcommand tree" -l user -d 'Only what concerns this user, token or group (@NAME), and what may be done there in the end.' -r
complete -c usher -n "__fish_usher_using_subcommand tree" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand tree" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand tree" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand tree" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand tree" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand tree" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand tree" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand tree" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand restore" -l at -d 'The number of an entry, or a time: 2027-01-31, \'2027-01-31 08:00\', 2h for two hours ago.' -r
complete -c usher -n "__fish_usher_using_subcommand restore" -l without-secrets -d 'Leave files of secrets as they are, such as passwords and second factors.' -r
complete -c usher -n "__fish_usher_using_subcommand restore" -l force -d 'Do it although nobody would be left who may hand out every permission.' -r
complete -c usher -n "__fish_usher_using_subcommand restore" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand restore" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand restore" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand restore" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand restore" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand restore" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand restore" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand restore" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand restore" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand undo" -l without-secrets -d 'Leave files of secrets as they are, such as passwords and second factors.' -r
complete -c usher -n "__fish_usher_using_subcommand undo" -l force -d 'Do it although nobody would be left who may hand out every permission.' -r
complete -c usher -n "__fish_usher_using_subcommand undo" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand undo" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand undo" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand undo" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand undo" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand undo" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand undo" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand undo" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand undo" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand diff" -l git -d 'Compare what the directory was at this revision of its git repository with what it is; without <old>, the config directory.' -r
complete -c usher -n "__fish_usher_using_subcommand diff" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand diff" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand diff" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand diff" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand diff" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand diff" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand diff" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand diff" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand apply" -l prune -d 'Remove what the document does not name, in the sections it has. The superuser always stays. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand apply" -l only -d 'Only these sections: users (with their API tokens), groups, roles, pools, acl, realms, jobs.' -r
complete -c usher -n "__fish_usher_using_subcommand apply" -l force -d 'Also when nobody is left who may hand out every permission. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand apply" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand apply" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand apply" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand apply" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand apply" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand apply" -l dry-run -d 'Show what would change in the files and in who may do what, and change nothing. Exits 3 when something would. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand apply" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand apply" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand apply" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand export" -l format -d 'The form of the document. [default: toml]' -r -f -a "toml\t''
yaml\t''
json\t''"
complete -c usher -n "__fish_usher_using_subcommand export" -l only -d 'Only these sections: users (with their API tokens), groups, roles, pools, acl, realms, jobs.' -r
complete -c usher -n "__fish_usher_using_subcommand export" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand export" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand export" -s h -l help -d 'Print help'
complete -c usher -n "__fish_usher_using_subcommand plan" -l prune -d 'Remove what the document does not name, in the sections it has. The superuser always stays. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand plan" -l only -d 'Only these sections: users (with their API tokens), groups, roles, pools, acl, realms, jobs.' -r
complete -c usher -n "__fish_usher_using_subcommand plan" -l force -d 'Also when nobody is left who may hand out every permission. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand plan" -l diff -d 'Show the difference of the files, too. JSON and YAML always tell it. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand plan" -l output-format -d 'Output format. [default: text]' -r -f -a "text\t''
json\t''
json-pretty\t''
yaml\t''"
complete -c usher -n "__fish_usher_using_subcommand plan" -l human-readable -d 'Render values for people; 0 prints them raw. [default: 1]' -r
complete -c usher -n "__fish_usher_using_subcommand plan" -l noborder -d 'Do not draw borders around text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand plan" -l noheader -d 'Do not show column titles in text tables. [default: 0]' -r
complete -c usher -n "__fish_usher_using_subcommand plan" -l quiet -d 'Print nothing.' -r
complete -c usher -n "__fish_usher_using_subcommand plan" -l as -d 'Act with the rights of this user or API token, instead of as the superuser.' -r
complete -c usher -n "__fish_usher_using_subcommand plan" -l config-dir -d 'The config directory. Else the environment variable USHER_CONFIG_DIR, else a default place.' -r
complete -c usher -n "__fish_usher_using_subcommand plan" -s h -l help -d 'Print help'
