# preset=house&error=squared&optimizer=adam&steps=40
import math

import torch

torch.set_default_dtype(torch.float64)
w = 4.0
C_main = 20.0
C_pipe = 15.0
C_handle = 12.0
C_head = 7.0
C_other = 3.0
R_h = 30.0
ideal = 6.5
theta = torch.tensor([2.5, 4.0], requires_grad=True)
optimizer = torch.optim.Adam([theta], lr=0.1, betas=(0.9, 0.999), eps=1e-8)

print("step,m,h,x,y,E,dE_dm,dE_dh")
for step in range(41):
    optimizer.zero_grad()
    m, h = theta
    f_m = (m - 1) / 9
    d_m = C_pipe ** 2 + (C_main * f_m) ** 2
    C_m = C_main * C_pipe * f_m / torch.sqrt(d_m)
    u_h = (h - 1) / 9
    f_h = R_h ** (u_h - 1)
    d_h = C_head ** 2 + (C_handle * f_h) ** 2
    C_h = C_handle * C_head * f_h / torch.sqrt(d_h)
    S = C_h + C_other
    D = torch.hypot(C_m, S)
    x = math.sqrt(w) * C_m * (S / D)
    y = x * (C_h / S)
    miss = y - ideal
    E = 0.5 * miss ** 2
    E.backward()

    row = [m, h, x, y, E, *theta.grad]
    print(step, *(f"{value + 0.0:.16e}" for value in row), sep=",")

    with torch.no_grad():
        optimizer.step()
        theta.clamp_(1, 10)
