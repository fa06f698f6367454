/* Receives messages until one says "exit", and does nothing else: what the calls alone cost. Usage: bare_server KEY */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>

struct message {
    long type;
    char text[8192];
};

int main(int argc, char **argv)
{
    static struct message msg;
    if (argc != 2)
        return 2;
    int queue = msgget((key_t)strtol(argv[1], NULL, 0), IPC_CREAT | IPC_EXCL | 0600);
    if (queue == -1) {
        perror("msgget");
        return 1;
    }
    puts("waiting");
    fflush(stdout);
    do {
        if (msgrcv(queue, &msg, sizeof msg.text, 0, 0) == -1) {
            perror("msgrcv");
            return 1;
        }
    } while (strcmp(msg.text, "exit") != 0);
    return msgctl(queue, IPC_RMID, NULL) == -1;
}
