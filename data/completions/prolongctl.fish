# SPDX-License-Identifier: GPL-3.0-or-later
# fish completion for prolongctl(1), which knows itself what may follow

function __prolongctl_offer
    set -l words (commandline -opc)
    set -l word (commandline -ct)
    set -l offered ($words[1] --complete $words[2..-1] "$word" 2> /dev/null)

    if test "$offered" = :files
        __fish_complete_path "$word"
    else
        printf '%s\n' $offered
    end
end

complete -c prolongctl -f -a '(__prolongctl_offer)'
