const program = 'nacos-rollout';

/**
 * What each shell runs at a tab: it asks the program what may come next. Nothing that the program answers is evaluated:
 * lines are read as they are, and bash gets them quoted as the word is that is being typed.
 */
export const scripts = { bash: bash(), zsh: zsh(), fish: fish() } as const;

function bash(): readonly string[] {
  return [
    '_nacos_rollout() {',
    `  local line kind='' typed="\${COMP_WORDS[0]}"`,
    '  COMPREPLY=()',
    "  [[ $typed == '~/'* ]] && typed=$HOME/${typed:2}",
    '  while IFS= read -r line; do',
    '    if [[ -z $kind ]]; then kind=$line; else COMPREPLY+=("$line"); fi',
    '  done < <("$typed" __complete bash "${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" 2>/dev/null </dev/null)',
    '  case $kind in',
    '    files) compopt -o default ;;',
    '    open) compopt -o nospace ;;',
    '  esac',
    '}',
    `complete -o nosort -F _nacos_rollout ${program} 2>/dev/null || complete -F _nacos_rollout ${program}`,
  ];
}

function zsh(): readonly string[] {
  return [
    `#compdef ${program}`,
    '_nacos-rollout() {',
    "  local line kind='' typed=${(Q)words[1]}",
    '  local -a offered shown',
    "  [[ $typed == '~/'* ]] && typed=$HOME/${typed[3,-1]}",
    '  while IFS= read -r line; do',
    '    if [[ -z $kind ]]; then kind=$line; continue; fi',
    '    offered+=("${line%%$\'\\t\'*}")',
    "    shown+=(\"${${line/%$'\\t'/}/$'\\t'/  -- }\")",
    '  done < <("$typed" __complete zsh "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null </dev/null)',
    '  case $kind in',
    '    files)',
    "      compset -P '--*='",
    '      _files ;;',
    `    open) compadd -V ${program} -S '' -l -d shown -a offered ;;`,
    `    *) compadd -V ${program} -l -d shown -a offered ;;`,
    '  esac',
    '}',
    `if [[ $funcstack[1] == _nacos-rollout ]]; then _nacos-rollout "$@"; else compdef _nacos-rollout ${program}; fi`,
  ];
}

function fish(): readonly string[] {
  return [
    'function __nacos_rollout_complete',
    '  set -l words (commandline -opc)',
    '  set -l typed $words[1]',
    '  set -e words[1]',
    '  set -l token (commandline -ct)',
    '  set -l bare (string unescape -- $token; or string replace -r \'^["\\\']\' "" -- $token)',
    '  set -l answer ($typed __complete fish $words "$bare" 2>/dev/null </dev/null)',
    '  if test "$answer[1]" = files',
    "    set -l value (string replace -r '^--[^=]*=' '' -- $token)",
    "    set -l flag (string match -r '^--[^=]*=' -- $token)",
    '    for path in (__fish_complete_path "$value")',
    '      printf "%s\\n" "$flag$path"',
    '    end',
    '  else',
    '    set -e answer[1]',
    '    printf "%s\\n" $answer',
    '  end',
    'end',
    `complete -c ${program} -f -k -a '(__nacos_rollout_complete)'`,
  ];
}
