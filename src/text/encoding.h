/* Bytes of a page -> UTF-8: by byte order mark, by what the bytes can be, by a stated name. The
 * encodings and their labels are those of the WHATWG Encoding Standard (section 4.2); iconv decodes
 * those that are not decoded here. */
#ifndef TEXT_ENCODING_H
#define TEXT_ENCODING_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/status.h"
#include "base/str.h"

/* name in C, name for messages, iconv's name or NULL, labels besides the name: lower case */
#define ENCODING_LIST(X)                                                                           \
    X(UTF_8, "UTF-8", NULL, "utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8")  \
    X(UTF_16LE, "UTF-16LE", NULL, "utf-16 unicode ucs-2 iso-10646-ucs-2 csunicode unicodefeff")    \
    X(UTF_16BE, "UTF-16BE", NULL, "unicodefffe")                                                   \
    X(WINDOWS_1252, "Windows-1252", NULL,                                                          \
      "iso-8859-1 iso8859-1 iso88591 iso_8859-1 latin1 latin-1 l1 cp1252 x-cp1252 ascii us-ascii " \
      "ansi_x3.4-1968 cp819 ibm819 csisolatin1 iso-ir-100 iso_8859-1:1987")                        \
    X(WINDOWS_1250, "Windows-1250", "CP1250", "cp1250 x-cp1250")                                   \
    X(WINDOWS_1251, "Windows-1251", "CP1251", "cp1251 x-cp1251")                                   \
    X(WINDOWS_1253, "Windows-1253", "CP1253", "cp1253 x-cp1253")                                   \
    X(WINDOWS_1254, "Windows-1254", "CP1254",                                                      \
      "cp1254 x-cp1254 iso-8859-9 iso8859-9 iso88599 iso_8859-9 latin5 l5 csisolatin5 iso-ir-148") \
    X(WINDOWS_1255, "Windows-1255", "CP1255", "cp1255 x-cp1255")                                   \
    X(WINDOWS_1256, "Windows-1256", "CP1256", "cp1256 x-cp1256")                                   \
    X(WINDOWS_1257, "Windows-1257", "CP1257", "cp1257 x-cp1257")                                   \
    X(WINDOWS_1258, "Windows-1258", "CP1258", "cp1258 x-cp1258")                                   \
    X(WINDOWS_874, "Windows-874", "CP874",                                                         \
      "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 cp874")                                    \
    X(ISO_8859_2, "ISO-8859-2", "ISO-8859-2",                                                      \
      "iso8859-2 iso88592 iso_8859-2 latin2 l2 csisolatin2 iso-ir-101 iso_8859-2:1987")            \
    X(ISO_8859_3, "ISO-8859-3", "ISO-8859-3",                                                      \
      "iso8859-3 iso88593 iso_8859-3 latin3 l3 csisolatin3 iso-ir-109")                            \
    X(ISO_8859_4, "ISO-8859-4", "ISO-8859-4",                                                      \
      "iso8859-4 iso88594 iso_8859-4 latin4 l4 csisolatin4 iso-ir-110")                            \
    X(ISO_8859_5, "ISO-8859-5", "ISO-8859-5",                                                      \
      "iso8859-5 iso88595 iso_8859-5 cyrillic csisolatincyrillic iso-ir-144")                      \
    X(ISO_8859_6, "ISO-8859-6", "ISO-8859-6",                                                      \
      "iso8859-6 iso88596 iso_8859-6 arabic asmo-708 ecma-114 csisolatinarabic iso-8859-6-e "      \
      "iso-8859-6-i iso-ir-127")                                                                   \
    X(ISO_8859_7, "ISO-8859-7", "ISO-8859-7",                                                      \
      "iso8859-7 iso88597 iso_8859-7 greek greek8 ecma-118 elot_928 csisolatingreek iso-ir-126")   \
    X(ISO_8859_8, "ISO-8859-8", "ISO-8859-8",                                                      \
      "iso8859-8 iso88598 iso_8859-8 hebrew visual csisolatinhebrew iso-8859-8-e iso-8859-8-i "    \
      "logical iso-ir-138")                                                                        \
    X(ISO_8859_10, "ISO-8859-10", "ISO-8859-10",                                                   \
      "iso8859-10 iso885910 latin6 l6 csisolatin6 iso-ir-157")                                     \
    X(ISO_8859_13, "ISO-8859-13", "ISO-8859-13", "iso8859-13 iso885913")                           \
    X(ISO_8859_14, "ISO-8859-14", "ISO-8859-14", "iso8859-14 iso885914")                           \
    X(ISO_8859_15, "ISO-8859-15", "ISO-8859-15",                                                   \
      "iso8859-15 iso885915 iso_8859-15 l9 latin9 latin-9 csisolatin9")                            \
    X(ISO_8859_16, "ISO-8859-16", "ISO-8859-16", "")                                               \
    X(IBM866, "IBM866", "IBM866", "866 cp866 csibm866")                                            \
    X(KOI8_R, "KOI8-R", "KOI8-R", "koi koi8 koi8_r cskoi8r")                                       \
    X(KOI8_U, "KOI8-U", "KOI8-U", "koi8-ru")                                                       \
    X(MACINTOSH, "macintosh", "MACINTOSH", "mac x-mac-roman csmacintosh")                          \
    X(SHIFT_JIS, "Shift_JIS", "CP932",                                                             \
      "shift-jis sjis x-sjis ms_kanji ms932 windows-31j csshiftjis cp932")                         \
    X(EUC_JP, "EUC-JP", "EUC-JP-MS", "x-euc-jp cseucpkdfmtjapanese eucjp")                         \
    X(ISO_2022_JP, "ISO-2022-JP", "ISO-2022-JP", "csiso2022jp")                                    \
    X(EUC_KR, "EUC-KR", "CP949",                                                                   \
      "cseuckr csksc56011987 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949 "   \
      "iso-ir-149 euckr cp949")                                                                    \
    X(GB18030, "GB18030", "GB18030",                                                               \
      "gbk gb2312 gb_2312 gb_2312-80 chinese csgb2312 csiso58gb231280 x-gbk cp936 iso-ir-58")      \
    X(BIG5, "Big5", "BIG5-HKSCS", "big5-hkscs cn-big5 csbig5 x-x-big5 cp950")

enum encoding {
#define ENCODING_ENUM(id, name, iconv_name, labels) ENCODING_##id,
    ENCODING_LIST(ENCODING_ENUM) ENCODING_COUNT
#undef ENCODING_ENUM
};

/* BOM first; then UTF-16 by the share of NUL bytes in even or odd places; valid or nearly valid
 * UTF-8 (a few bad sequences among many good ones) is UTF-8; else encoding_guess. Looks at the
 * whole text, linear. */
enum encoding encoding_detect(str bytes);
/* The same for bytes that come with the label of an encoding (STR_NONE: with none). It decides
 * where the bytes leave it open: what is UTF-8 is UTF-8 whatever the label says, and a label under
 * which much of the text does not decode is not believed. */
enum encoding encoding_choose(str bytes, str label);
/* What bytes that are no Unicode look like: East Asian double bytes by their ranges, Cyrillic by
 * its runs; Windows-1252 for all else. */
enum encoding encoding_guess(str bytes);
/* False when no encoding is called so. Case and white space around it do not matter. */
bool encoding_find(str label, enum encoding *encoding);

/* Repaired UTF-8 without byte order mark, \r\n and lone \r as \n. Never fails: what does not
 * decode becomes U+FFFD; an encoding that this system lacks is taken for Windows-1252. */
str encoding_to_utf8(struct arena *arena, str bytes, enum encoding encoding);

/* Loads the system's tables of all encodings and keeps them until they are given back: for a
 * process that will not be able to open a file. */
struct encoding_tables;
struct encoding_tables *encoding_tables_open(void);
void encoding_tables_close(struct encoding_tables *tables);

#endif
