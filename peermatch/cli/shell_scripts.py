"""The scripts themselves, one for each shell; the table of words is put in by ``completion``."""

BASH = r"""# Completion of peermatch for bash. In ~/.bashrc: eval "$(peermatch completion bash)"
_peermatch() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} at='' before='' after='' kind words word i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    case $before in %VALUES%) before=''; continue ;; esac
    before=$word
    case $word in -*) continue ;; esac
    _peermatch_known "${at:+$at }$word|" && at="${at:+$at }$word"
  done
  _peermatch_known "$at|$prev" || _peermatch_known "|$prev" || _peermatch_known "$at|"
  case $cur in -*) ;; *) words=$(printf '%s\n' $words | grep -v '^-') ;; esac
  local IFS=$'\n'
  COMPREPLY=($(compgen -W "${words// /$'\n'}" -- "$cur"))
  case $kind in
    file) compopt -o filenames 2>/dev/null; COMPREPLY+=($(compgen -f -- "$cur")) ;;
    folder) compopt -o filenames 2>/dev/null; COMPREPLY+=($(compgen -d -- "$cur")) ;;
  esac
}
_peermatch_known() {
  case $1 in
%TABLE%
    *) return 1 ;;
  esac
}
complete -F _peermatch peermatch
"""
ZSH = r"""#compdef peermatch
# Completion of peermatch for zsh: save it as _peermatch in a folder of your $fpath.
_peermatch() {
  local cur=${words[CURRENT]} prev=${words[CURRENT-1]} at='' before='' word kind i
  local -a typed offered; typed=("${(@)words}")
  for ((i = 2; i < CURRENT; i++)); do
    word=${typed[i]}
    case $before in (%VALUES%) before=''; continue ;; esac
    before=$word
    [[ $word == -* ]] && continue
    _peermatch_known "${at:+$at }$word|" && at="${at:+$at }$word"
  done
  _peermatch_known "$at|$prev" || _peermatch_known "|$prev" || _peermatch_known "$at|"
  [[ $cur == -* ]] || offered=("${(@)offered:#-*}")
  (( $#offered )) && _describe 'peermatch' offered
  case $kind in
    file) _files ;;
    folder) _files -/ ;;
  esac
}
_peermatch_known() {
  case $1 in
%TABLE%
    *) return 1 ;;
  esac
}
if [[ $funcstack[1] == _peermatch ]]; then _peermatch "$@"; else compdef _peermatch peermatch; fi
"""
FISH = r"""# Completion of peermatch for fish: save it as ~/.config/fish/completions/peermatch.fish
function __peermatch_known
    set -g __peermatch_kind
    set -g __peermatch_words
    set -l kind
    set -l words
    switch $argv[1]
%TABLE%
        case '*'
            return 1
    end
    set -g __peermatch_kind $kind
    set -g __peermatch_words $words
    return 0
end
function __peermatch
    set -l typed (commandline -opc)
    set -l cur (commandline -ct)
    set -l at ''
    set -l before ''
    for word in $typed[2..-1]
        if contains -- $before %VALUES%
            set before ''
            continue
        end
        set before $word
        string match -q -- '-*' $word; and continue
        set -l further (string trim -- "$at $word")
        __peermatch_known "$further/"; and set at $further
    end
    __peermatch_known "$at/$typed[-1]"; or __peermatch_known "/$typed[-1]"; or __peermatch_known "$at/"
    for word in $__peermatch_words
        if string match -q -- '-*' $cur; or not string match -q -- '-*' $word
            echo $word
        end
    end
    switch $__peermatch_kind
        case file
            __fish_complete_path $cur
        case folder
            __fish_complete_directories $cur ''
    end
end
complete -c peermatch -f -a '(__peermatch)'
"""
POWERSHELL = r"""# Completion of peermatch for PowerShell: save it, and name it in $PROFILE: . C:\...\peermatch.ps1
$PeerMatchKnown = @{
%TABLE%
}
$PeerMatchValues = '%VALUES%'.Split('|')
Register-ArgumentCompleter -Native -CommandName peermatch -ScriptBlock {
    param($cur, $line, $place)
    $typed = @($line.CommandElements | Where-Object { $_.Extent.EndOffset -lt $place } | ForEach-Object { "$_" })
    $at = ''
    $before = ''
    foreach ($word in ($typed | Select-Object -Skip 1)) {
        if ($PeerMatchValues -contains $before) { $before = ''; continue }
        $before = $word
        if ($word.StartsWith('-')) { continue }
        $further = "$at $word".Trim()
        if ($PeerMatchKnown.ContainsKey("$further/")) { $at = $further }
    }
    $last = if ($typed.Count -gt 1) { $typed[-1] } else { '' }
    $found = $null
    foreach ($key in "$at/$last", "/$last", "$at/") {
        if ($null -eq $found -and $PeerMatchKnown.ContainsKey($key)) { $found = $PeerMatchKnown[$key] }
    }
    foreach ($each in $found[1]) {
        $word, $what = $each
        if ($word -like "$cur*" -and ($cur.StartsWith('-') -or -not $word.StartsWith('-'))) {
            [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $what)
        }
    }
    if ($found[0] -in 'file', 'folder') { [System.Management.Automation.CompletionCompleters]::CompleteFilename($cur) }
}
"""
SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH, "powershell": POWERSHELL}
