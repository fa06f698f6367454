/* Closes a queue without losing a message: shut the door, empty the box, remove it. Usage: close KEY */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ipc.h>
#include <sys/msg.h>

struct message {
    long type;
    char text[65536]; /* longer than any message that msgmax lets in here */
};

int main(int argc, char **argv)
{
    static struct message msg;
    struct msqid_ds ds;
    if (argc != 2)
        return 2;
    int queue = msgget((key_t)strtol(argv[1], NULL, 0), 0);
    if (queue == -1) {
        perror("close");
        return 1;
    }
    ssize_t size;

    // ANCHOR: shutdown
    int done = msgctl(queue, IPC_STAT, &ds);
    ds.msg_qbytes = 0;
    if (done == 0)
        done = msgctl(queue, IPC_SET, &ds);
    while (done == 0 && (size = msgrcv(queue, &msg, sizeof msg.text, 0, IPC_NOWAIT)) != -1)
        printf("%.*s\n", (int)size, msg.text);
    if (done == 0 && errno == ENOMSG)
        done = msgctl(queue, IPC_RMID, NULL);
    // ANCHOR_END: shutdown

    if (done == -1 || errno != ENOMSG) {
        perror("close");
        return 1;
    }
    return 0;
}
