# fish completion for trail403
function __trail403_complete
    set -l words (commandline -opc)
    set -l last (commandline -ct)
    set -l program (string replace -r '^~/' "$HOME/" -- $words[1])
    for line in ($program __complete $words[2..-1] $last 2>/dev/null)
        if test "$line" = :files
            __fish_complete_path (string replace -r '^--[^=]*=' '' -- $last)
        else
            echo $line
        end
    end
end
complete -c trail403 -f -a '(__trail403_complete)'
