package dev.sluice.database;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * What PgBouncer is in transaction mode, and no more: each transaction gets a server connection
 * that is free, the one used last first. Speaks PostgreSQL's protocol 3 (manual, "Message
 * Formats").
 */
final class TransactionPooler implements AutoCloseable {

  private static final int SSL_REQUEST = 80877103;
  private static final int GSS_REQUEST = 80877104;
  private static final int PROTOCOL = 196608;

  private final ServerSocket listener;
  private final int serverPort;
  private final String startup;
  private final Deque<Wire> free = new ConcurrentLinkedDeque<>();

  TransactionPooler(int serverPort, String user, String database) throws IOException {
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.serverPort = serverPort;
    this.startup = "user\0" + user + "\0database\0" + database + "\0\0";
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Wire client = new Wire(listener.accept());
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Wire client) {
    try {
      greet(client);
      @Nullable Wire server = null;
      while (true) {
        int type = client.in.readByte();
        if (type == 'X') {
          client.socket.close();
          return;
        }
        if (server == null) {
          server = lend();
        }
        client.forward(type, server);
        if (type == 'Q' || type == 'S') {
          server.out.flush();
          if (answer(server, client) == 'I') {
            free.push(server);
            server = null;
          }
        }
      }
    } catch (IOException closed) {
      // The client is gone.
    }
  }

  private void greet(Wire client) throws IOException {
    while (true) {
      int length = client.in.readInt();
      int code = client.in.readInt();
      if (code == SSL_REQUEST || code == GSS_REQUEST) {
        client.out.writeByte('N');
        client.out.flush();
        continue;
      }
      client.in.readNBytes(length - 8);
      break;
    }
    // A server's own greeting, whoever's it is: authenticated, its parameters, ready.
    Wire server = connect(client);
    free.push(server);
  }

  private Wire lend() throws IOException {
    Wire wire = free.poll();
    return wire == null ? connect(null) : wire;
  }

  private Wire connect(@Nullable Wire audience) throws IOException {
    Wire server = new Wire(new Socket(InetAddress.getLoopbackAddress(), serverPort));
    byte[] parameters = startup.getBytes(StandardCharsets.UTF_8);
    server.out.writeInt(parameters.length + 8);
    server.out.writeInt(PROTOCOL);
    server.out.write(parameters);
    server.out.flush();
    answer(server, audience);
    return server;
  }

  /** Passes on all up to ReadyForQuery and returns its transaction status. */
  private static int answer(Wire server, @Nullable Wire client) throws IOException {
    while (true) {
      int type = server.in.readByte();
      byte[] body = server.in.readNBytes(server.in.readInt() - 4);
      if (client != null) {
        client.out.writeByte(type);
        client.out.writeInt(body.length + 4);
        client.out.write(body);
      }
      if (type == 'Z') {
        if (client != null) {
          client.out.flush();
        }
        return body[0];
      }
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Wire wire : free) {
        wire.socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Wire {
    final Socket socket;
    final DataInputStream in;
    final DataOutputStream out;

    Wire(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new DataInputStream(socket.getInputStream());
      this.out = new DataOutputStream(new java.io.BufferedOutputStream(socket.getOutputStream()));
    }

    void forward(int type, Wire to) throws IOException {
      byte[] body = in.readNBytes(in.readInt() - 4);
      to.out.writeByte(type);
      to.out.writeInt(body.length + 4);
      to.out.write(body);
    }
  }
}
