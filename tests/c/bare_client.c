/* Reads all lines, then sends each with a NUL, and does nothing else: what the calls alone cost. Usage: bare_client KEY */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>

struct message {
    long type;
    char text[256];
};

int main(int argc, char **argv)
{
    struct message msg = {.type = 1};
    size_t room = (size_t)64 << 20, length;
    char *lines = malloc(room + 1);
    if (argc != 2 || lines == NULL)
        return 2;
    int queue = msgget((key_t)strtol(argv[1], NULL, 0), 0200);
    if (queue == -1) {
        perror("msgget");
        return 1;
    }
    length = fread(lines, 1, room, stdin);
    lines[length] = '\0';
    for (char *line = lines, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        size_t size = (size_t)(end - line) + 1; /* the newline's place is the NUL's */
        if (size > sizeof msg.text)
            return 2;
        memcpy(msg.text, line, size);
        msg.text[size - 1] = '\0';
        if (msgsnd(queue, &msg, size, 0) == -1) {
            perror("msgsnd");
            return 1;
        }
    }
    return 0;
}
