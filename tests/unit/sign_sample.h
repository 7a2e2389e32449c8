/* A key pair and signatures that minisign 0.11 made. */
#pragma once

#define PUBLIC_LINE "RWQf6lFTuK4mu7Da/gyZRjoohHzafrWFCq9JQ0+pILMYE4XtPHKjkrl0"
#define PUBLIC_FILE "untrusted comment: minisign public key BB26AEB85351EA1F\n" PUBLIC_LINE "\n"
/* minisign -G -W: no password, and the checksum left empty */
#define SECRET_FILE                                                                                \
    "untrusted comment: minisign encrypted secret key\n"                                           \
    "RWQAAEIyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAH+pRU7iuJruIBr4VKHWn" \
    "Ty9LKClERY0jFjjcEBXjPcWxvJldxL2jZrDa/gyZRjoohHzafrWFCq9JQ0+pILMYE4XtPHKjkrl0AAAAAAAAAAAAAAAA" \
    "AAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
#define CONTENT "hello\n"
#define COMMENT "第42期 serial:42"
#define SIGNATURE_LINE                                                                             \
    "RUQf6lFTuK4mu0sA4KYf0i/XfTVJHCea9FOpEmoxtBXFU7wACAYhrveN29yeYQjhsz6ijOCoX5Di4D+we/IQGLn5LYdT" \
    "NWDCzQI="
#define GLOBAL_LINE                                                                                \
    "Zj8TklR8FIZeDHgrDeRi9FP32M/rfYBfDeihlRlaV5K5+yUADDIzvTGEJPJq4pTsscFNcPfPXvEzoc3WkjkzCA=="
#define SIGNATURE_FILE                                                                             \
    "untrusted comment: signature from minisign secret key\n" SIGNATURE_LINE                       \
    "\ntrusted comment: " COMMENT "\n" GLOBAL_LINE "\n"
/* minisign -S -l of the same content */
#define LEGACY_FILE                                                                                \
    "untrusted comment: signature from minisign secret key\n"                                      \
    "RWQf6lFTuK4mu3o/NF1v9mGuVqd/5l8/QLahbgtvo202TwzmVOqK0P8nWijtwWFuXvg1Ohvy7KmSgbRLABQv694/tkBP" \
    "U01YwA0=\n"                                                                                   \
    "trusted comment: old\n"                                                                       \
    "yh/ln3rIWI6qxgFYBcUZtj+V0x1cE7+hgkDIngksJurbbKXMO/bmKLTGrYpyJMhy1tTqCdPrEtf4HCK0mViRDg==\n"
