FROM python:3.11-slim AS build
WORKDIR /src
RUN python -m venv /opt/deskhand
COPY requirements.lock .
RUN /opt/deskhand/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
RUN /opt/deskhand/bin/pip install --no-cache-dir --no-deps .

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /var/lib/deskhand --create-home deskhand
COPY --from=build /opt/deskhand /opt/deskhand
USER deskhand
WORKDIR /var/lib/deskhand
ENV PATH=/opt/deskhand/bin:$PATH \
    DESKHAND_HOME=/var/lib/deskhand \
    DESKHAND_HOST=0.0.0.0 \
    PYTHONUNBUFFERED=1
EXPOSE 8080
VOLUME /var/lib/deskhand
HEALTHCHECK CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8080/healthz', timeout=3)"]
CMD ["deskhand", "run"]
