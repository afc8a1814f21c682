# Run by cpack on the installed files of a Debian package: what the policy asks for beyond those of
# `cmake --install`. Manuals are compressed; the licence stands in the file `copyright`; zsh looks
# into a folder of its own for completions of packages; folders can be read by all.
set(share "${CPACK_TEMPORARY_DIRECTORY}/usr/share")
if(NOT CPACK_GENERATOR STREQUAL "DEB" OR NOT IS_DIRECTORY "${share}/doc/dossier")
  return()
endif()
file(GLOB pages "${share}/man/man?/*.[1-9]")
foreach(page IN LISTS pages)
  execute_process(COMMAND gzip -9nf "${page}" COMMAND_ERROR_IS_FATAL ANY)
endforeach()

file(READ "${share}/doc/dossier/LICENSE" licence)
file(REMOVE "${share}/doc/dossier/LICENSE")
file(STRINGS "${share}/dossier/names/ATTRIBUTION" attribution)
string(REPLACE ";" "\n " attribution "${attribution}")
file(WRITE "${share}/doc/dossier/copyright"
  "dossier\n\n${licence}\nThe weights of the name tagger (names/en.weights): CC BY-SA 4.0\n\n ${attribution}\n")
string(TIMESTAMP today "%a, %d %b %Y %H:%M:%S +0000" UTC)
file(WRITE "${share}/doc/dossier/changelog"
  "dossier (${CPACK_PACKAGE_VERSION}) unstable; urgency=low\n\n  * See the section CHANGELOG of dossier(1).\n\n -- ${CPACK_PACKAGE_CONTACT}  ${today}\n")
execute_process(COMMAND gzip -9nf "${share}/doc/dossier/changelog" COMMAND_ERROR_IS_FATAL ANY)

file(MAKE_DIRECTORY "${share}/zsh/vendor-completions")
file(RENAME "${share}/zsh/site-functions/_dossier" "${share}/zsh/vendor-completions/_dossier")
file(REMOVE_RECURSE "${share}/zsh/site-functions")
